import { z } from 'zod'
import { isAddress } from '../addresses.ts'
import { Problem } from '../errors.ts'
import { CALL_FAULTS, type CallFault, WEBHOOK_FAULTS, type WebhookFault } from './kinds.ts'

const MOST_REQUESTS = 1_000
const FASTEST = 1_000_000

const names = <Name extends string>(kinds: readonly { name: Name }[]) =>
  z.enum(kinds.map(({ name }) => name) as [Name, ...Name[]]).default(kinds[0]?.name as Name)

const faults = z.strictObject({ calls: names(CALL_FAULTS), webhooks: names(WEBHOOK_FAULTS) })

const settings = faults.extend({
  /** How many times faster than Code the sandbox retries webhooks */
  retrySpeed: z.number().int().min(1).max(FASTEST),
  /** By intent: what applies to its request instead of the above */
  requests: z.record(z.string().refine(isAddress, 'is not an intent'), faults).default({}),
})

export type FaultSettings = z.infer<typeof settings>

export type Faults = ReturnType<typeof createFaults>

/**
 * Holds the faults to inject, for all requests and for single ones, and how fast webhooks are retried: as fast as at the start, if
 * nobody says otherwise. They are lost when the sandbox stops. `onSpeed` is called when that speed has changed.
 */
export function createFaults(retrySpeed: number, onSpeed: () => void) {
  const wanted = settings.extend({ retrySpeed: settings.shape.retrySpeed.default(retrySpeed) })
  let current: FaultSettings = wanted.parse({})

  /** Replaces all faults; whatever is left out becomes `none`. Throws a Problem 400 that names what is wrong. */
  function replace(given: unknown): FaultSettings {
    const parsed = wanted.safeParse(given)
    if (!parsed.success) throw new Problem(400, explain(parsed.error.issues))
    if (Object.keys(parsed.data.requests).length > MOST_REQUESTS) {
      throw new Problem(400, `Faults can be set for at most ${MOST_REQUESTS} requests.`)
    }
    const { retrySpeed: former } = current
    current = parsed.data
    if (current.retrySpeed !== former) onSpeed()
    return current
  }

  /** Sets the faults of a single intent; the same as for all requests removes them. Throws a Problem 400. */
  function replaceFor(intent: string, own: { calls: unknown; webhooks: unknown }): void {
    const { [intent]: _former, ...others } = current.requests
    const isLikeAll = own.calls === current.calls && own.webhooks === current.webhooks
    replace({ ...current, requests: isLikeAll ? others : { ...others, [intent]: own } })
  }

  const of = (intent: string | undefined) =>
    (intent !== undefined && Object.hasOwn(current.requests, intent) && current.requests[intent]) || current

  return {
    get: (): FaultSettings => current,
    replace,
    replaceFor,
    ofCall: (intent: string | undefined): CallFault => of(intent).calls,
    ofWebhook: (intent: string | undefined): WebhookFault => of(intent).webhooks,
    retrySpeed: (): number => current.retrySpeed,
  }
}

function explain(issues: readonly z.core.$ZodIssue[]): string {
  const [issue] = issues
  return `${issue?.path.join('.') || 'the faults'}: ${issue?.message}. GET /faults shows the format.`
}
