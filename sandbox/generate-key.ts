// biome-ignore lint/style/noRestrictedImports: this is the module to use instead
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

/** Generates an Ed25519 key, and reads it back. On Node 20, a process that writes the key as it was generated may wait for ever. */
export function generateKey(): KeyObject {
  return createPrivateKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))
}
