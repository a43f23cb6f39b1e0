import type { Clock, Report, SandboxEvent } from '../events.ts'
import { currentCall } from './caller.ts'
import { type Line, tell } from './tell.ts'

const MOST_INTENTS = 5_000
const MOST_LINES = 200

export type Conversations = ReturnType<typeof createConversations>

/**
 * Who said what to whom about an intent, since the sandbox started: of the newest intents, and of each the first
 * lines. It is for people to look at; what the sandbox has to know is in its state.
 */
export function createConversations({ clock, report }: { clock: Clock; report: Report }) {
  const conversations = new Map<string, Line[]>()

  /** Takes an event as it happens, and passes it on. */
  function hear(event: SandboxEvent): void {
    report(event)
    const call = currentCall()
    const intent = typeof event.intent === 'string' ? event.intent : call.intent
    const told = intent === undefined ? undefined : tell(event, call.caller)
    if (intent !== undefined && told) write(intent, { at: clock.now(), ...told })
  }

  function write(intent: string, line: Line): void {
    const lines = conversations.get(intent) ?? []
    if (lines.length < MOST_LINES) lines.push(line)
    conversations.set(intent, lines)
    const [oldest] = conversations.keys()
    if (conversations.size > MOST_INTENTS && oldest !== undefined) conversations.delete(oldest)
  }

  return { hear, linesOf: (intent: string): readonly Line[] => conversations.get(intent) ?? [] }
}
