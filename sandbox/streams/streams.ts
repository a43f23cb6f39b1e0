import { Refusal } from '../errors.ts'
import type { Clock, Report } from '../events.ts'
import type { State } from '../state/index.ts'
import { messagesOf, type StreamMessage } from './messages.ts'

const STREAM_LIFE_MS = 60_000 // Code ends it then

interface Deps {
  state: Pick<State, 'requests' | 'deliveries'>
  stopwatch: Clock
  report: Report
}

/** Receives the messages of a stream. */
export interface Listener {
  receive(message: StreamMessage): void
  /** Called when the stream has ended. */
  end(reason: string): void
}

export interface Stream {
  close(): void
}

export type Streams = ReturnType<typeof createStreams>

interface OpenStream extends Listener {
  sent: Set<string>
  endsAt: number
}

/** Manages the open streams: at most one for each intent, known or unknown, for at most a minute. */
export function createStreams({ state, stopwatch, report }: Deps) {
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
      if (stream.sent.has(message.id)) continue
      stream.sent.add(message.id)
      stream.receive(message)
      report({ what: 'message sent', intent, message: message.name })
    }
  }

  return {
    /** Opens a stream, which repeats what has happened and then sends what happens. Throws a Refusal if one exists. */
    open(intent: string, listener: Listener): Stream {
      const other = streams.get(intent)
      if (other && stopwatch.now() < other.endsAt) throw new Refusal('stream already exists')
      end(intent, 'timed out')
      const stream = { ...listener, sent: new Set<string>(), endsAt: stopwatch.now() + STREAM_LIFE_MS }
      streams.set(intent, stream)
      report({ what: 'stream opened', intent })
      update(intent)
      return {
        close() {
          if (streams.get(intent) === stream && streams.delete(intent))
            report({ what: 'stream closed', intent })
        },
      }
    },

    /** Sends what is new about an intent to the listener of its stream. */
    update,

    /** Ends the streams that are older than a minute. */
    endOld(): void {
      for (const [intent, { endsAt }] of streams) if (stopwatch.now() >= endsAt) end(intent, 'timed out')
    },
  }
}
