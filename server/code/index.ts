import type { CryptoKey } from 'jose'
import { type Gateway, openGateway } from './gateway.ts'
import { importKeys } from './verify-event.ts'

export {
  createIntent,
  getStatus,
  isDown,
  type PreparedIntent,
  prepareIntent,
  type Registration,
  registerWebhook,
} from './gateway.ts'
export { parseIntentId } from './intent-id.ts'
export { reasonOf } from './refusals.ts'
export { SequencerRefusal } from './sender.ts'
export { verifyEvent } from './verify-event.ts'

/** Code, as the shop knows it: where its sequencer is, and which keys sign its events. */
export interface Code extends Gateway {
  keys: readonly CryptoKey[]
}

/** Opens the way to Code. `publicKeys` are base58. */
export async function openCode(endpoint: string, publicKeys: readonly string[]): Promise<Code> {
  return { ...openGateway(endpoint), keys: await importKeys(publicKeys) }
}
