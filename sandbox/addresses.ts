import { PublicKey } from '@code-wallet/keys'

const KEY_BYTES = 32
const LONGEST_TEXT = 44 // 32 bytes in base58; decoding is quadratic, so longer texts are not even looked at

/** The base58 text of a key's bytes, or undefined if they are no 32 bytes. */
export function toAddress(bytes: Uint8Array | undefined): string | undefined {
  return bytes?.length === KEY_BYTES ? new PublicKey(bytes).toBase58() : undefined
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

// Code asks its own ledger whether an address takes deposits. Here there is no ledger: every address does, except
// for these, which exist on Solana and belong to programs. They are here so that a shop can meet the refusal.
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
