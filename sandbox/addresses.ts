import { PublicKey } from '@code-wallet/keys'
import { Refusal } from './errors.ts'

const KEY_BYTES = 32
const LONGEST_TEXT = 44 // 32 bytes in base58; decoding takes quadratic time, so longer texts are not decoded

/** Returns the base58 text of a key, or undefined if it doesn't have 32 bytes. */
export function toAddress(bytes: Uint8Array | undefined): string | undefined {
  return bytes?.length === KEY_BYTES ? new PublicKey(bytes).toBase58() : undefined
}

/** Returns the base58 text of a key. Throws a Refusal that calls the key by its name, if it doesn't have 32 bytes. */
export function readAddress(bytes: Uint8Array | undefined, name: string): string {
  const address = toAddress(bytes)
  if (address === undefined) throw new Refusal(`${name} must have ${KEY_BYTES} bytes`)
  return address
}

export function isAddress(text: string): boolean {
  if (text.length > LONGEST_TEXT) return false
  try {
    PublicKey.fromBase58(text)
    return true
  } catch {
    return false
  }
}

// Code looks up in its ledger whether an address takes deposits. The sandbox has no ledger: every address does, except
// these, which belong to programs on Solana. With them, a shop can test how it handles the refusal.
const NO_DEPOSITS = new Set([
  '11111111111111111111111111111111', // the system program
  'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', // the token program
  'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL', // the associated token account program
  'ComputeBudget111111111111111111111111111111', // the compute budget program
  'kinXdEcpDQeHPEuQnqmUgtYykqKGVFq6CeVX5iAHJq6', // Kin's mint
])

export function takesDeposits(address: string): boolean {
  return !NO_DEPOSITS.has(address)
}
