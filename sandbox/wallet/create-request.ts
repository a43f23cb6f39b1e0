import { PaymentRequestIntent } from '@code-wallet/intents'
import { PublicKey } from '@code-wallet/keys'
import { RegisterWebhookRequest, RegisterWebhookResponse_Result as Result } from '@code-wallet/rpc'
import { isAddress } from '../addresses.ts'
import { Problem, Refusal } from '../errors.ts'
import type { Remedies } from '../events.ts'
import { findLimits } from '../exchange.ts'
import type { Sequencer } from '../sequencer/index.ts'
import { asCall } from '../trace/index.ts'
import { checkWebhook } from './check-webhook.ts'
import { MERCHANT } from './users.ts'

const METHOD = 'POST /wallet/requests, a convenience that Code never had'

export interface CreateDeps {
  sequencer: Sequencer
  allowsWebhookTo(url: URL): boolean
  remedies: Remedies
}

interface Wanted {
  /** In hundredths */
  amount: number
  currency: string
  destination: string
  webhook: string | undefined
}

/**
 * Creates an intent of the sandbox's own, with which a webhook can be tried without any SDK. Code has nothing like it. Throws
 * a Problem, in Code's words for a request that Code would reject, and then leaves nothing behind.
 */
export async function createRequest(
  deps: CreateDeps,
  fields: Record<string, unknown>,
): Promise<{ intent: string; clientSecret: string }> {
  const wanted = readWanted(fields)
  if (wanted.webhook !== undefined) await checkWebhook(deps, wanted.webhook)
  const { amount, currency, destination } = wanted
  const request = new PaymentRequestIntent({ amount: amount / 100, currency, destination } as never)
  const intent = request.getIntentId()
  await asCall({ caller: 'wallet', method: METHOD, intent }, () => send(deps, request, wanted.webhook))
  return { intent, clientSecret: request.getClientSecret() }
}

function readWanted({ amount, currency, destination, webhook }: Record<string, unknown>): Wanted {
  return {
    amount: readAmount(amount),
    currency: readCurrency(currency),
    destination: readDestination(destination),
    webhook: readWebhook(webhook),
  }
}

function readAmount(value: unknown): number {
  const amount = typeof value === 'string' && value !== '' ? Number(value) : value // forms contain only text
  if (Number.isSafeInteger(amount) && (amount as number) > 0) return amount as number
  throw new Problem(400, 'amount must be a whole number of hundredths: 25 for 0.25, in every currency.')
}

function readCurrency(value: unknown): string {
  const currency = typeof value === 'string' ? value.toLowerCase() : ''
  if (findLimits(currency)) return currency
  throw new Problem(400, 'currency must be one of the currencies of Code, such as "usd".')
}

function readDestination(value: unknown): string {
  if (value === undefined || value === null || value === '') return MERCHANT
  if (typeof value === 'string' && isAddress(value)) return value
  throw new Problem(
    400,
    'destination must be a deposit address, which is the base58 text of 32 bytes, or left out.',
  )
}

function readWebhook(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') return value
  throw new Problem(400, 'webhook must be a URL, or left out.')
}

async function send(
  { sequencer }: CreateDeps,
  request: PaymentRequestIntent,
  url: string | undefined,
): Promise<void> {
  try {
    await sequencer.sendMessage(await request.getSendMessageRequestProto())
  } catch (error) {
    if (error instanceof Refusal) throw new Problem(400, `${error.message}.`)
    throw error
  }
  if (url === undefined) return
  const intentId = { value: PublicKey.fromBase58(request.getIntentId()).toBuffer() }
  const { result } = await sequencer.registerWebhook(new RegisterWebhookRequest({ intentId, url }))
  if (result !== Result.OK) throw new Problem(409, `The webhook could not be registered: ${Result[result]}.`)
}
