import { createHash } from 'node:crypto'
import { Keypair } from '@code-wallet/keys'
import { QUARKS_PER_KIN, toQuarks } from '../exchange.ts'
import type { Balances, Bill } from '../state/index.ts'

/** A test user, who has a wallet. */
export interface User {
  name: string
  /** base58. The same in every sandbox, so that a shop's records of its users stay valid with a new sandbox. */
  user: string
  /** The initial balance */
  kin: number
}

// Ada pays if no user is named: her balance is enough for any test. Dora's is too small for any payment.
export const users: readonly User[] = [
  aUser('Ada', 1_000_000_000_000),
  aUser('Ben', 100_000_000),
  aUser('Chidi', 1_000_000),
  aUser('Dora', 1_000),
]

/** The deposit address of a request that names none. Nobody checks what it receives. */
export const MERCHANT = anAddress('a merchant of the sandbox')

function aUser(name: string, kin: number): User {
  return { name, user: anAddress(`a pretended user of the sandbox: ${name}`), kin }
}

/** Returns the public key that belongs to a text: the same in every sandbox. */
function anAddress(text: string): string {
  const seed = createHash('sha256').update(text).digest()
  return Keypair.fromSeed(seed as never)
    .getPublicKey()
    .toBase58()
}

export function findUser(user: string): User | undefined {
  return users.find((candidate) => candidate.user === user)
}

/** Returns what a payment takes from a balance. */
export function kinFor({ hundredths, currency }: Bill): number {
  return toQuarks(hundredths, currency) / QUARKS_PER_KIN
}

/** Returns the users with their current balances. */
export function presentUsers(balances: Balances) {
  return users.map(({ name, user }) => ({ name, user, kin: balances.find(user) ?? 0 }))
}
