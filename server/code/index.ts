import type { CryptoKey } from 'jose'
import type { Logger } from '../web/index.ts'
import { type Gateway, openGateway } from './gateway.ts'
import { importKeys } from './verify-event.ts'

export { type DecodedEvent, decodeEvent } from './decode-event.ts'
export {
  createIntent,
  getStatus,
  isDown,
  isPausing,
  type PreparedIntent,
  prepareIntent,
  type Registration,
  registerWebhook,
} from './gateway.ts'
export { parseIntentId } from './intent-id.ts'
export { areCodesKeys, publicKeyOf } from './published-event.ts'
export { reasonOf } from './refusals.ts'
export { isAnswer, SequencerRefusal } from './sender.ts'
export { composeStatusCall, readStatusAnswer } from './status-call.ts'
export { verifyEvent } from './verify-event.ts'

/** Code, as the shop knows it: where its sequencer is, and which keys sign its events. */
export interface Code extends Gateway {
  keys: readonly CryptoKey[]
}

/** Opens the way to Code. `publicKeys` are base58. Outages are reported to `log`. */
export async function openCode(endpoint: string, publicKeys: readonly string[], log: Logger): Promise<Code> {
  return { ...openGateway(endpoint, log), keys: await importKeys(publicKeys) }
}
