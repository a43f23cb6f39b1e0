import {
  type RegisterWebhookRequest,
  RegisterWebhookResponse,
  RegisterWebhookResponse_Result as Result,
} from '@code-wallet/rpc'
import { readAddress } from '../addresses.ts'
import type { SequencerDeps } from './deps.ts'
import { findUrlFault } from './webhook-url.ts'

/** Stores an intent's webhook URL. The call isn't signed: anyone who knows an intent can make it, and the first one wins. */
export async function registerWebhook(
  deps: SequencerDeps,
  { intentId, url }: RegisterWebhookRequest,
): Promise<RegisterWebhookResponse> {
  const intent = readAddress(intentId?.value, 'intent id')
  const reason = await findReason(deps, url)
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

/** Returns why no webhook can be sent to a URL. As at Code, the answer doesn't include it, but the trace does. */
async function findReason(
  { allowsWebhookTo, remedies }: SequencerDeps,
  url: string,
): Promise<string | undefined> {
  const fault = await findUrlFault(url, { allowsWebhookTo })
  if (fault !== 'not allowed') return fault?.reason
  const reason = `this sandbox is not allowed to post to ${new URL(url).host}`
  return [reason, remedies.webhook].filter(Boolean).join('. ')
}

function register({ requests, clock }: SequencerDeps, intent: string, url: string): Result {
  const request = requests.find(intent)
  if (!request) return Result.REQUEST_NOT_FOUND // a paid request is found, so this order of checks gives Code's results
  if (request.submittedAt !== null) return Result.INTENT_EXISTS
  return requests.registerWebhook(intent, url, clock.now()) ? Result.OK : Result.ALREADY_REGISTERED
}
