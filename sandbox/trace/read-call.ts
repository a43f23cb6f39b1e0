import {
  Common,
  GetLoginForThirdPartyAppRequest,
  GetStatusRequest,
  OpenMessageStreamRequest,
  RegisterWebhookRequest,
  SendMessageRequest,
} from '@code-wallet/rpc'
import { toAddress } from '../addresses.ts'

export interface Call {
  method: string
  intent: string | undefined
}

/** Reads from an envelope which call it holds and which intent that is about. Other bytes are a call without a name. */
export function readCall(body: unknown): Call {
  try {
    const { method, body: inner } = Common.Request.fromBinary(body as Uint8Array)
    return { method: method.slice(0, 50), intent: toAddress(readIntent(method, inner)) }
  } catch {
    return { method: '', intent: undefined }
  }
}

function readIntent(method: string, inner: Uint8Array): Uint8Array | undefined {
  if (method === 'sendMessage') return SendMessageRequest.fromBinary(inner).rendezvousKey?.value
  if (method === 'registerWebhook') return RegisterWebhookRequest.fromBinary(inner).intentId?.value
  if (method === 'getStatus') return GetStatusRequest.fromBinary(inner).intentId?.value
  if (method === 'openMessageStream') return OpenMessageStreamRequest.fromBinary(inner).rendezvousKey?.value
  if (method === 'getLoginForThirdPartyApp')
    return GetLoginForThirdPartyAppRequest.fromBinary(inner).intentId?.value
  return undefined
}
