import { fromDecimal, type Offer, toDecimalText } from '../money/index.ts'
import { loadEnvFile, readConfig } from '../server/config/index.ts'
import { readArguments, refuseArguments } from '../server/read-arguments.ts'
import {
  arriving,
  assertDerivable,
  call,
  createIntent,
  decide,
  FailedCheck,
  findWallet,
  json,
  say,
  text,
  until,
} from './support/buyer.ts'
import { callApi } from './support/call-api.ts'

const USAGE = `Buys a product from a running shop in sandbox mode.

  npm run pay -- <slug> [--amount 1.50] [--reject] [--url http://127.0.0.1:3030]
  npm run pay -- --api "search?q=bread" [--url http://127.0.0.1:3030]

  <slug>     a product, as in /products/<slug>
  --amount   the price, if buyers choose it; by default the lowest suggested one
  --reject   reject in the wallet; the product must stay locked
  --api      call this part of the shop's API as a program does: read the offer of its 402, buy, get a key, call again
  --url      the shop's address; by default that of this folder's configuration

The exit code is 0 if the product was locked before and is open afterwards (with --reject: if it is still locked). A
product that can be bought again, such as a donation or a pass, must be among the purchases afterwards.`

/** A product as /products.json lists it; amounts in hundredths */
interface Listed {
  slug: string
  opens: boolean
  choice?: { suggested: number[] }
}

interface Purchase {
  /** Empty if the API is called */
  slug: string
  reject: boolean
  url: string
  /** Hundredths; undefined if none is given */
  amount: number | undefined
}

interface Arguments extends Purchase {
  /** What is called below /api/; undefined to buy a product */
  api: string | undefined
}

try {
  loadEnvFile(process.env)
  const { api, url, ...purchase } = readPurchase()
  await (api === undefined ? buy({ url, ...purchase }) : callApi(url, api))
} catch (error) {
  say(`✗ ${(error as Error).message}`)
  process.exitCode = 1
}

function readPurchase(): Arguments {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const
  const options = { amount: text, api: text, reject: flag, url: text }
  const { values, positionals } = readArguments(USAGE, options, 1)
  const [slug = ''] = positionals
  if ((slug === '') === (values.api === undefined))
    refuseArguments(USAGE, 'Name a product, or a call with --api.')
  if (values.api !== undefined && (values.reject || values.amount !== undefined))
    refuseArguments(USAGE, '--reject and --amount belong to a product, not to --api.')
  return {
    slug,
    api: values.api,
    reject: values.reject ?? false,
    amount: values.amount === undefined ? undefined : readAmount(values.amount),
    url: (values.url ?? readConfig(process.env).localUrl).replace(/\/$/, ''),
  }
}

function readAmount(text: string): number {
  const hundredths = fromDecimal(Number(text))
  return hundredths ?? refuseArguments(USAGE, `--amount must be an amount like 1.50, not ${text}`)
}

async function buy({ slug, reject, amount, url: shop }: Purchase): Promise<void> {
  const page = `${shop}/products/${slug}`
  await assertForSale(page)
  const { opens, choice } = await findListed(shop, slug)
  const wallet = await findWallet(shop)
  say(opens ? `locked      ${page}` : `for sale    ${page}`)

  const offer = await createIntent(shop, slug, amount ?? (choice && Math.min(...choice.suggested)))
  say(`intent      ${offer.id}, ${toDecimalText(offer.amount)} ${offer.currency} to ${offer.destination}`)
  assertDerivable(offer)
  say('derived     the same id from amount, currency and client secret, by Code’s own package')

  await decide(wallet, offer.id, reject ? 'reject' : 'approve')
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

async function findListed(shop: string, slug: string): Promise<Listed> {
  const products = await json<Listed[]>(await call(`${shop}/products.json`))
  const listed = products.find((product) => product.slug === slug)
  if (!listed) throw new FailedCheck(`${shop}/products.json does not list ${slug}`)
  return listed
}

/** Waits for the page to open. It doesn't query the order, which would make the shop poll the sequencer. */
function opening(page: string): Promise<void> {
  return until(async () => !isLocked(await text(page)), `${page} is still locked`)
}

async function assertStillLocked(page: string, shop: string, { id }: Offer): Promise<void> {
  const { state } = await json<{ state: string }>(await call(`${shop}/intents/${id}`))
  if (state !== 'pending' || !isLocked(await text(page)))
    throw new FailedCheck(`${page} is open although the payment was rejected`)
  say(`locked      ${page}, still`)
}
