// biome-ignore lint/style/noRestrictedImports: this is the module to use instead
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

/** Generates an Ed25519 key. On Node 20, a process may stop for ever that writes a key as it was generated; read back, it doesn't. */
export function generateKey(): KeyObject {
  return createPrivateKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))
}
