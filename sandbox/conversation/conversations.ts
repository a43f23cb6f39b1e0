import type { Clock, Report, SandboxEvent } from '../events.ts'
import type { Line, Lines, Saying } from '../state/index.ts'
import { currentCall } from './caller.ts'
import { tell } from './tell.ts'

// Nobody waits for these, so they don't take part in the commits that callers wait for; a crash loses that much.
const WRITTEN_AFTER_MS = 200

interface Deps {
  lines: Lines
  clock: Clock
  report: Report
}

export type Conversations = ReturnType<typeof createConversations>

/** Who said what to whom about an intent. It is for people to look at: no answer of the sandbox depends on it. */
export function createConversations({ lines, clock, report }: Deps) {
  let unwritten: Saying[] = []
  let timer: NodeJS.Timeout | undefined

  /** Takes an event as it happens, and passes it on with the intent that it is about. */
  function hear(event: SandboxEvent): void {
    const call = currentCall()
    const intent = typeof event.intent === 'string' ? event.intent : call.intent
    report(intent === undefined ? event : { ...event, intent })
    const told = intent === undefined ? undefined : tell(event, call.caller)
    if (intent === undefined || !told) return
    unwritten.push({ intent, at: clock.now(), ...told })
    timer ??= setTimeout(write, WRITTEN_AFTER_MS).unref()
  }

  function write(): void {
    clearTimeout(timer)
    timer = undefined
    const sayings = unwritten
    unwritten = []
    try {
      if (sayings.length > 0) lines.addAll(sayings)
    } catch (error) {
      report({ what: 'conversation lost', reason: (error as Error).message }) // a full disk: the rest goes on
    }
  }

  return {
    hear,

    linesOf(intent: string): Line[] {
      write()
      return lines.of(intent)
    },

    /** Intents that were talked about and are no requests, such as refused ones; the newest first. */
    intentsWithoutRequest(limit: number): string[] {
      write()
      return lines.intentsWithoutRequest(limit)
    },

    close: write,
  }
}
