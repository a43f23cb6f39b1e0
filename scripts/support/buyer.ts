import { PaymentRequestIntent } from '@code-wallet/intents'
import { PublicKey } from '@code-wallet/keys'
import { type Offer, toDecimal } from '../../money/index.ts'

const ARRIVAL_DEADLINE_MS = 15_000
const CHECK_INTERVAL_MS = 100
const CALL_DEADLINE_MS = 10_000
const KEY = '/key'

/** A check that failed; the message says which. */
export class FailedCheck extends Error {}

const startedAt = performance.now()
const jar = new Map<string, string>()

/**
 * Returns the address of the sandbox's wallet, which is next to the endpoint that the shop sends to every browser. Comes before an
 * order: nobody may order at a shop that takes real money. Throws FailedCheck.
 */
export async function findWallet(shop: string): Promise<string> {
  const [, endpoint] = /endpoint: new URL\("([^"]+)"/.exec(await text(`${shop}/hosts.js`)) ?? []
  if (!endpoint) throw new FailedCheck(`${shop}/hosts.js does not contain the sequencer's endpoint`)
  const wallet = new URL(endpoint.replace(/\/v1$/, ''), shop).href.replace(/\/$/, '')
  if ((await call(`${wallet}${KEY}`)).ok) return wallet // which only a sandbox publishes
  throw new FailedCheck(
    `${shop} is not in sandbox mode, so nothing was ordered: this command pays with test money only`,
  )
}

/** Orders the product, at a chosen amount in hundredths where the buyer chooses it. */
export async function createIntent(shop: string, product: string, hundredths?: number): Promise<Offer> {
  const body = JSON.stringify({ product, hundredths })
  return json(
    await call(`${shop}/create-intent`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    }),
  )
}

/** Derives the intent as the browser's SDK does: if the result differed, the browser would request another payment. */
export function assertDerivable({ id, amount, currency, destination, fees, clientSecret }: Offer): void {
  const options = {
    mode: 'payment',
    amount: toDecimal(amount),
    currency: currency as 'usd',
    destination,
    ...(fees && { fees }),
    clientSecret,
  } as const
  const derived = PublicKey.fromBase58(new PaymentRequestIntent(options).getIntentId()).toBase58()
  if (derived !== id) throw new FailedCheck(`the browser would derive ${derived}, and the shop says ${id}`)
}

/** Decides in the sandbox's wallet. */
export async function decide(sandbox: string, intent: string, decision: 'approve' | 'reject'): Promise<void> {
  await json(await call(`${sandbox}/wallet/requests/${intent}/${decision}`, { method: 'POST' }))
}

/** Waits for the purchase to be listed, without querying the order, for the same reason. */
export function arriving(shop: string, { id }: Offer): Promise<void> {
  const isListed = async () => (await text(`${shop}/purchases`)).includes(`/success/${id}`)
  return until(isListed, `${shop}/purchases does not list the payment`)
}

/** Waits until it is so. Throws FailedCheck. */
export async function until(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  const giveUpAt = performance.now() + ARRIVAL_DEADLINE_MS
  while (!(await isSo())) {
    if (performance.now() > giveUpAt)
      throw new FailedCheck(`${otherwise} ${ARRIVAL_DEADLINE_MS} ms after the approval`)
    await new Promise((resolve) => setTimeout(resolve, CHECK_INTERVAL_MS))
  }
}

/** Fetches with a deadline and the buyer's cookies. */
export async function call(address: string, init: RequestInit = {}): Promise<Response> {
  const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
  const headers = { Accept: 'application/json', ...init.headers, ...(cookie && { Cookie: cookie }) }
  const signal = AbortSignal.timeout(CALL_DEADLINE_MS)
  const response = await fetch(address, { ...init, headers, redirect: 'manual', signal }).catch((error) => {
    throw new FailedCheck(explainFailure(new URL(address), error))
  })
  for (const set of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? []
    if (name) jar.set(name, value ?? '')
  }
  return response
}

export async function text(address: string): Promise<string> {
  const response = await call(address, { headers: { Accept: 'text/html, */*' } })
  if (!response.ok) throw new FailedCheck(`${address} answered ${response.status}`)
  return response.text()
}

export async function json<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T
  throw new FailedCheck(
    `${response.url} answered ${response.status}: ${(await response.text()).slice(0, 500)}`,
  )
}

function explainFailure({ origin, pathname }: URL, error: Error): string {
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException
  if (code !== 'ECONNREFUSED') return `${origin}${pathname} could not be reached: ${message || code}`
  return pathname.includes('/wallet/') || pathname.endsWith(KEY)
    ? `no sandbox is listening at ${origin}; the shop’s CODE_ENDPOINT names it, so start it there`
    : `no shop is listening at ${origin}; start it first with npm start, or name another one with --url`
}

export function say(line: string): void {
  process.stdout.write(`${String(Math.round(performance.now() - startedAt)).padStart(6)} ms  ${line}\n`)
}
