import { z } from 'zod'
import { isAddress } from '../addresses.ts'
import { Problem } from '../errors.ts'
import { CALL_TROUBLES, type CallTrouble, WEBHOOK_TROUBLES, type WebhookTrouble } from './kinds.ts'

const MOST_REQUESTS = 1_000
const FASTEST = 1_000_000

const names = <Name extends string>(kinds: readonly { name: Name }[]) =>
  z.enum(kinds.map(({ name }) => name) as [Name, ...Name[]]).default(kinds[0]?.name as Name)

const troubles = z.strictObject({ calls: names(CALL_TROUBLES), webhooks: names(WEBHOOK_TROUBLES) })

const settings = troubles.extend({
  /** How many times faster than Code's the retries of webhooks go */
  retrySpeed: z.number().int().min(1).max(FASTEST).default(1),
  /** For single intents, instead of those for all */
  requests: z.record(z.string().refine(isAddress, 'is no intent'), troubles).default({}),
})

export type TroubleSettings = z.infer<typeof settings>

export type Troubles = ReturnType<typeof createTroubles>

/** What goes wrong on purpose, for all requests and for single ones. Forgotten when the sandbox ends. */
export function createTroubles(retrySpeed: number) {
  let current = settings.parse({ retrySpeed })

  /** Replaces all of it; what is left out is `none`. Throws Problem 400 that names what is wrong. */
  function replace(wanted: unknown): TroubleSettings {
    const parsed = settings.safeParse(wanted)
    if (!parsed.success) throw new Problem(400, explain(parsed.error.issues))
    if (Object.keys(parsed.data.requests).length > MOST_REQUESTS) {
      throw new Problem(400, `Troubles are kept for ${MOST_REQUESTS} requests at the most.`)
    }
    current = parsed.data
    return current
  }

  /** Sets those of a single intent; `none` for both takes them away. Throws Problem 400. */
  function replaceFor(intent: string, wanted: { calls: unknown; webhooks: unknown }): void {
    const { [intent]: _former, ...others } = current.requests
    const isNone = wanted.calls === 'none' && wanted.webhooks === 'none'
    replace({ ...current, requests: isNone ? others : { ...others, [intent]: wanted } })
  }

  const of = (intent: string | undefined) =>
    (intent !== undefined && Object.hasOwn(current.requests, intent) && current.requests[intent]) || current

  return {
    get: (): TroubleSettings => current,
    replace,
    replaceFor,
    ofCall: (intent: string | undefined): CallTrouble => of(intent).calls,
    ofWebhook: (intent: string | undefined): WebhookTrouble => of(intent).webhooks,
    retrySpeed: (): number => current.retrySpeed,
  }
}

function explain(issues: readonly z.core.$ZodIssue[]): string {
  const [issue] = issues
  return `${issue?.path.join('.') || 'the troubles'}: ${issue?.message}. GET /troubles shows how they look.`
}
