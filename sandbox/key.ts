import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PublicKey } from '@code-wallet/keys'
import { SandboxError } from './errors.ts'
import { generateKey } from './generate-key.ts'

const KEY_FILE = 'key.pem'
const OWNER_ONLY = 0o600
const JWS_HEADER = encode('{"alg":"EdDSA","typ":"JWT"}')

export interface SigningKey {
  /** base58, as Code publishes its own */
  publicKey: string
  /** Returns the compact JWS of a JSON text. */
  signJws(payload: string): string
}

/** Opens the sandbox's key, which is created at the first start. With `:memory:` it is not stored. Throws a SandboxError. */
export function openKey(folder: string): SigningKey {
  const key = folder === ':memory:' ? generateKey() : (readKey(folder) ?? makeKey(folder))
  return { publicKey: toBase58(key), signJws: (payload) => signJws(payload, key) }
}

function readKey(folder: string): KeyObject | undefined {
  const path = join(folder, KEY_FILE)
  const pem = readIfThere(path)
  try {
    return pem && createPrivateKey(pem)
  } catch (cause) {
    throw new SandboxError(
      `${path} is not a valid key. Delete the file, and the sandbox creates a new one.`,
      { cause },
    )
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new SandboxError(`The sandbox cannot read its key: ${(cause as Error).message}`, { cause })
  }
}

function makeKey(folder: string): KeyObject {
  const key = generateKey()
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const pem = key.export({ type: 'pkcs8', format: 'pem' })
    writeFileSync(join(folder, KEY_FILE), pem, { flag: 'wx', mode: OWNER_ONLY, flush: true }) // wx: never overwrite a key
    return key
  } catch (cause) {
    throw new SandboxError(`The sandbox cannot store a key in ${folder}: ${(cause as Error).message}`, {
      cause,
    })
  }
}

function toBase58(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return new PublicKey(Buffer.from(x as string, 'base64url')).toBase58()
}

function signJws(payload: string, key: KeyObject): string {
  const input = `${JWS_HEADER}.${encode(payload)}`
  return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url')
}
