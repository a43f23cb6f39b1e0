import { parseArgs } from 'node:util'
import { PaymentRequestIntent } from '@code-wallet/intents'
import { PublicKey } from '@code-wallet/keys'
import { fromDecimal, type Offer, toDecimal } from '../money/index.ts'
import { loadEnvFile, readConfig } from '../server/config/index.ts'

const USAGE = `Buys a product from a running shop in sandbox mode.

  npm run pay -- <slug> [--amount 1.50] [--reject] [--url http://127.0.0.1:3030]

  <slug>     a product, as in /products/<slug>
  --amount   the price, if buyers choose it; by default the lowest suggested one
  --reject   reject in the wallet; the product must stay locked
  --url      the shop's address; by default that of this folder's configuration

The exit code is 0 if the product was locked before and is open afterwards (with --reject: if it is still locked). A
product that opens nothing, such as a donation, must be among the purchases afterwards.`

const ARRIVAL_DEADLINE_MS = 15_000
const CHECK_INTERVAL_MS = 100
const CALL_DEADLINE_MS = 10_000

/** A product as /products.json lists it; amounts in hundredths */
interface Listed {
  slug: string
  opens: boolean
  choice?: { suggested: number[] }
}

interface Arguments {
  slug: string
  reject: boolean
  url: string
  /** Hundredths; undefined if none is given */
  amount: number | undefined
}

/** A check that failed; the message says which. */
class FailedCheck extends Error {}

const startedAt = performance.now()
const jar = new Map<string, string>()

try {
  loadEnvFile(process.env)
  await buy(readArguments())
} catch (error) {
  say(`✗ ${(error as Error).message}`)
  process.exitCode = 1
}

function readArguments(): Arguments {
  const options = {
    amount: { type: 'string' },
    reject: { type: 'boolean' },
    url: { type: 'string' },
    help: { type: 'boolean' },
  } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [slug] = positionals
  if (values.help || !slug) {
    process.stdout.write(`${USAGE}\n`)
    process.exit(values.help ? 0 : 2)
  }
  return {
    slug,
    reject: values.reject ?? false,
    amount: values.amount === undefined ? undefined : readAmount(values.amount),
    url: (values.url ?? readConfig(process.env).localUrl).replace(/\/$/, ''),
  }
}

function readAmount(text: string): number {
  const hundredths = fromDecimal(Number(text))
  if (hundredths === undefined) throw new FailedCheck(`--amount ${text} is not an amount, like 1.50`)
  return hundredths
}

async function buy({ slug, reject, amount, url: shop }: Arguments): Promise<void> {
  const page = `${shop}/products/${slug}`
  await assertForSale(page)
  const { opens, choice } = await findListed(shop, slug)
  say(opens ? `locked      ${page}` : `for sale    ${page}`)

  const offer = await createIntent(shop, slug, amount ?? (choice && Math.min(...choice.suggested)))
  say(
    `intent      ${offer.id}, ${toDecimal(offer.amount).toFixed(2)} ${offer.currency} to ${offer.destination}`,
  )
  assertDerivable(offer)
  say('derived     the same id from amount, currency and client secret, by Code’s own package')

  await decide(await findWallet(shop), offer.id, reject ? 'reject' : 'approve')
  say(reject ? 'rejected    in the sandbox’s wallet' : 'approved    in the sandbox’s wallet')
  if (reject) return assertStillLocked(page, shop, offer)

  await (opens ? opening(page) : arriving(shop, offer))
  const { state, paidAt } = await json<{ state: string; paidAt: string }>(
    await call(`${shop}/intents/${offer.id}`),
  )
  say(`${state}        recorded at ${paidAt}`)
  say(opens ? `open        ${page}` : `listed      ${shop}/purchases`)
}

async function assertForSale(page: string): Promise<void> {
  if (!isLocked(await text(page))) throw new FailedCheck(`${page} shows no button: is it for sale?`)
}

function isLocked(html: string): boolean {
  return html.includes('data-code-button') && !html.includes('data-paid')
}

/** Returns the address of the sandbox's wallet, which is next to the endpoint that the shop sends to every browser. */
async function findWallet(shop: string): Promise<string> {
  const [, endpoint] = /endpoint: new URL\("([^"]+)"/.exec(await text(`${shop}/hosts.js`)) ?? []
  if (!endpoint) throw new FailedCheck(`${shop}/hosts.js does not contain the sequencer's endpoint`)
  return new URL(endpoint.replace(/\/v1$/, ''), shop).href.replace(/\/$/, '')
}

async function findListed(shop: string, slug: string): Promise<Listed> {
  const products = await json<Listed[]>(await call(`${shop}/products.json`))
  const listed = products.find((product) => product.slug === slug)
  if (!listed) throw new FailedCheck(`${shop}/products.json does not list ${slug}`)
  return listed
}

async function createIntent(shop: string, product: string, hundredths?: number): Promise<Offer> {
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
function assertDerivable({ id, amount, currency, destination, clientSecret }: Offer): void {
  const options = {
    mode: 'payment',
    amount: toDecimal(amount),
    currency: currency as 'usd',
    destination,
    clientSecret,
  } as const
  const derived = PublicKey.fromBase58(new PaymentRequestIntent(options).getIntentId()).toBase58()
  if (derived !== id) throw new FailedCheck(`the browser would derive ${derived}, and the shop says ${id}`)
}

async function decide(sandbox: string, intent: string, decision: 'approve' | 'reject'): Promise<void> {
  await json(await call(`${sandbox}/wallet/requests/${intent}/${decision}`, { method: 'POST' }))
}

/** Waits for the page to open. It doesn't query the order, which would make the shop poll the sequencer. */
function opening(page: string): Promise<void> {
  return until(async () => !isLocked(await text(page)), `${page} is still locked`)
}

/** Waits for the purchase to be listed, without querying the order, for the same reason. */
function arriving(shop: string, { id }: Offer): Promise<void> {
  const isListed = async () => (await text(`${shop}/purchases`)).includes(`/success/${id}`)
  return until(isListed, `${shop}/purchases does not list the payment`)
}

async function until(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  const giveUpAt = performance.now() + ARRIVAL_DEADLINE_MS
  while (!(await isSo())) {
    if (performance.now() > giveUpAt)
      throw new FailedCheck(`${otherwise} ${ARRIVAL_DEADLINE_MS} ms after the approval`)
    await new Promise((resolve) => setTimeout(resolve, CHECK_INTERVAL_MS))
  }
}

async function assertStillLocked(page: string, shop: string, { id }: Offer): Promise<void> {
  const { state } = await json<{ state: string }>(await call(`${shop}/intents/${id}`))
  if (state !== 'pending' || !isLocked(await text(page)))
    throw new FailedCheck(`${page} is open although the payment was rejected`)
  say(`locked      ${page}, still`)
}

/** Fetches with a deadline and the buyer's cookies. */
async function call(address: string, init: RequestInit = {}): Promise<Response> {
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

async function text(address: string): Promise<string> {
  const response = await call(address, { headers: { Accept: 'text/html, */*' } })
  if (!response.ok) throw new FailedCheck(`${address} answered ${response.status}`)
  return response.text()
}

async function json<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T
  throw new FailedCheck(
    `${response.url} answered ${response.status}: ${(await response.text()).slice(0, 500)}`,
  )
}

function explainFailure({ origin, pathname }: URL, error: Error): string {
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException
  if (code !== 'ECONNREFUSED') return `${origin}${pathname} could not be reached: ${message}`
  return pathname.includes('/wallet/')
    ? `no sandbox is listening at ${origin}; the shop’s CODE_ENDPOINT names it, so start it there`
    : `no shop is listening at ${origin}; start it first with npm start, or name another one with --url`
}

function say(line: string): void {
  process.stdout.write(`${String(Math.round(performance.now() - startedAt)).padStart(6)} ms  ${line}\n`)
}
