import type { Clock, Report, SandboxEvent } from '../events.ts'
import type { Line, Lines, Message } from '../state/index.ts'
import { currentCall } from './caller.ts'
import { describeEvent } from './describe-event.ts'

// No caller waits for a trace, so traces take no part in the commits that callers wait for. A crash loses this much.
const WRITE_DELAY_MS = 200

interface Deps {
  lines: Lines
  clock: Clock
  report: Report
}

export type Traces = ReturnType<typeof createTraces>

/** Records the messages about each intent. Traces are for people to read: no answer of the sandbox depends on them. */
export function createTraces({ lines, clock, report }: Deps) {
  let unwritten: Message[] = []
  let timer: NodeJS.Timeout | undefined

  /** Records an event as it happens, and reports it together with the intent that it is about. */
  function record(event: SandboxEvent): void {
    const call = currentCall()
    const intent = typeof event.intent === 'string' ? event.intent : call.intent
    report(intent === undefined ? event : { ...event, intent })
    const message = intent === undefined ? undefined : describeEvent(event, call)
    if (intent === undefined || !message) return
    unwritten.push({ intent, at: clock.now(), ...message })
    timer ??= setTimeout(write, WRITE_DELAY_MS).unref()
  }

  function write(): void {
    clearTimeout(timer)
    timer = undefined
    const messages = unwritten
    unwritten = []
    try {
      if (messages.length > 0) lines.addAll(messages)
    } catch (error) {
      report({ what: 'trace lost', reason: (error as Error).message }) // a full disk must not stop anything else
    }
  }

  return {
    record,

    linesOf(intent: string): Line[] {
      write()
      return lines.of(intent)
    },

    /** Returns the intents with a trace but without a request, such as refused ones; the newest first. */
    intentsWithoutRequest(limit: number): string[] {
      write()
      return lines.intentsWithoutRequest(limit)
    },

    close: write,
  }
}
