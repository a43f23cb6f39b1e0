import { Refusal } from '../errors.ts'
import type { Clock, Report } from '../events.ts'
import type { State } from '../state/index.ts'
import { messagesOf, type StreamMessage } from './messages.ts'

const STREAM_LIFE_MS = 60_000 // Code ends it then

interface Deps {
  state: Pick<State, 'requests' | 'deliveries'>
  clock: Clock
  report: Report
}

/** Where the messages of a stream go. */
export interface Listener {
  hear(message: StreamMessage): void
  /** The stream is over. */
  end(reason: string): void
}

export interface Stream {
  intent: string
  close(): void
}

export type Streams = ReturnType<typeof createStreams>

interface OpenStream extends Listener {
  told: Set<string>
  endsAt: number
}

/** The open streams: at most one for each intent, known or not, for a minute at most. */
export function createStreams({ state, clock, report }: Deps) {
  const streams = new Map<string, OpenStream>()

  function end(intent: string, reason: string): void {
    const stream = streams.get(intent)
    if (!stream || !streams.delete(intent)) return
    report({ what: 'stream ended', intent, reason })
    stream.end(reason)
  }

  function update(intent: string): void {
    const stream = streams.get(intent)
    const request = stream && state.requests.find(intent)
    if (!request) return
    for (const message of messagesOf(request, state.deliveries.deliveredAt(intent))) {
      if (stream.told.has(message.name)) continue
      stream.told.add(message.name)
      stream.hear(message)
      report({ what: 'message sent', intent, message: message.name })
    }
  }

  return {
    /** Tells what is kept, and from then on what happens. Throws Refusal while there is another stream. */
    open(intent: string, listener: Listener): Stream {
      const other = streams.get(intent)
      if (other && clock.now() < other.endsAt) throw new Refusal('stream already exists')
      end(intent, 'timed out')
      const stream = { ...listener, told: new Set<string>(), endsAt: clock.now() + STREAM_LIFE_MS }
      streams.set(intent, stream)
      report({ what: 'stream opened', intent })
      update(intent)
      return {
        intent,
        close() {
          if (streams.get(intent) === stream && streams.delete(intent))
            report({ what: 'stream closed', intent })
        },
      }
    },

    /** Something happened to this intent: whoever listens is told. */
    update,

    /** Ends the streams whose minute is over by the clock. */
    endOld(): void {
      for (const [intent, { endsAt }] of streams) if (clock.now() >= endsAt) end(intent, 'timed out')
    },
  }
}
