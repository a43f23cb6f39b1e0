import {
  type RegisterWebhookRequest,
  RegisterWebhookResponse,
  RegisterWebhookResponse_Result as Result,
} from '@code-wallet/rpc'
import { toAddress } from '../addresses.ts'
import { Refusal } from '../errors.ts'
import type { SequencerDeps } from './deps.ts'
import { isWebhookUrl, resolves } from './webhook-url.ts'

/** Keeps where an intent's payment is told. Nobody signs this: whoever knows an intent can try, and the first one wins. */
export async function registerWebhook(
  deps: SequencerDeps,
  { intentId, url }: RegisterWebhookRequest,
): Promise<RegisterWebhookResponse> {
  const intent = toAddress(intentId?.value)
  if (intent === undefined) throw new Refusal('intent id must have 32 bytes')
  const reason = await findUrlError(deps, url)
  const result = reason === undefined ? register(deps, intent, url) : Result.INVALID_URL
  await deps.requests.stored()
  deps.report({
    what: 'webhook registration',
    intent,
    url: url.slice(0, 200),
    result: Result[result],
    reason,
  })
  return new RegisterWebhookResponse({ result })
}

/** Why no webhook can go there. It isn't in the answer, as at Code, but where the merchant looks. */
async function findUrlError({ allowsWebhookTo }: SequencerDeps, text: string): Promise<string | undefined> {
  if (!isWebhookUrl(text)) return 'not http or https, or a host name with capitals or underscores'
  const url = new URL(text)
  if (!allowsWebhookTo(url)) return `this sandbox may not post to ${url.host}`
  return (await resolves(url)) ? undefined : `${url.hostname} leads nowhere`
}

function register({ requests, clock }: SequencerDeps, intent: string, url: string): Result {
  const request = requests.find(intent)
  if (!request) return Result.REQUEST_NOT_FOUND // one that was paid was there, so this order is Code's all the same
  if (request.submittedAt !== null) return Result.INTENT_EXISTS
  return requests.registerWebhook(intent, url, clock.now()) ? Result.OK : Result.ALREADY_REGISTERED
}
