import { toDecimalText } from '../../money/index.ts'
import {
  assertDerivable,
  call,
  createIntent,
  decide,
  FailedCheck,
  findWallet,
  json,
  say,
  until,
} from './buyer.ts'

const PAYMENT_REQUIRED = 402

/** What the problem of a call without money offers: server/api/offers.ts. */
interface ApiOffer {
  product: string
  calls: number
  amount: number
  currency: string
  order: { body: { product: string; hundredths?: number } }
  state: { path: string }
  key: { path: string; body: object }
}

/**
 * Calls a part of the API as a program does that knows nothing about the shop: the answer to the first call says what to buy,
 * and how. `request` is what stands behind /api/. Throws FailedCheck.
 */
export async function callApi(shop: string, request: string): Promise<void> {
  const address = `${shop}/api/${request}`
  const offer = await readOffer(await call(address))
  say(`402         ${address} sells ${offer.calls} calls: ${offer.product}`)
  const wallet = await findWallet(shop)
  const { product, hundredths } = offer.order.body
  const intent = await createIntent(shop, product, hundredths)
  assertDerivable(intent)
  say(`intent      ${intent.id}, ${toDecimalText(intent.amount)} ${intent.currency}`)
  await decide(wallet, intent.id, 'approve')
  const state = shop + offer.state.path.replace('{id}', intent.id)
  const isPaid = async () => (await json<{ state: string }>(await call(state))).state === 'paid'
  await until(isPaid, `${state} does not say that it is paid`)
  say('paid        in the sandbox’s wallet')
  const { key, callsLeft } = await json<{ key: string; callsLeft: number }>(await post(shop, offer.key))
  say(`key         …${key.slice(-4)}, for ${callsLeft} calls`)
  const headers = { Authorization: `Bearer ${key}`, 'Idempotency-Key': intent.id }
  for (const time of ['first', 'again']) {
    const response = await call(address, { headers })
    const answer = await json<object>(response)
    say(
      `${time.padEnd(12)}${response.headers.get('Calls-Left')} calls left: ${JSON.stringify(answer).slice(0, 200)}`,
    )
  }
}

/** Chooses the cheapest offer, as long as they are in one currency. */
async function readOffer(response: Response): Promise<ApiOffer> {
  if (response.status !== PAYMENT_REQUIRED)
    throw new FailedCheck(
      `${response.url} answered ${response.status} instead of 402: ${await response.text()}`,
    )
  const { offers = [] } = (await response.json()) as { offers?: ApiOffer[] }
  const [cheapest] = offers.toSorted((one, other) => one.amount - other.amount)
  if (!cheapest) throw new FailedCheck(`${response.url} costs money, but the shop sells no calls of it`)
  return cheapest
}

function post(shop: string, { path, body }: ApiOffer['key']): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' }
  return call(`${shop}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}
