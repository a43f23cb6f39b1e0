import { randomUUID } from 'node:crypto'
import type { Driver } from './engines/driver.ts'

const FIND_BUYER = `
  SELECT buyer
  FROM sessions
  WHERE secret_hash = @secretHash`

const ADD_BUYER = `
  INSERT INTO buyers (id, created_at)
  SELECT @id, @now
  WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE secret_hash = @secretHash)`

const ADD_SESSION = `
  INSERT INTO sessions (secret_hash, buyer, created_at)
  SELECT @secretHash, id, @now
  FROM buyers
  WHERE id = @id
  ON CONFLICT (secret_hash) DO NOTHING`

/**
 * A random id that begins with its instant. Who pays is new, mostly: in every index that begins with the buyer, the rows
 * of those who pay now lie together, and a commit writes few pages, however many buyers there are.
 */
export function newBuyerId(now: number): string {
  return `${now.toString(16).padStart(12, '0')}-${randomUUID()}`
}

export function buyerQueries(driver: Driver) {
  /** The buyer of the browser whose secret has this SHA-256 (hex). */
  async function findBuyer(secretHash: string): Promise<string | undefined> {
    const [session] = await driver.read(FIND_BUYER, { secretHash })
    return session?.buyer as string | undefined
  }

  /** The same, and makes the buyer if this browser is new. Two tabs at once get the same one. */
  async function ensureBuyer(secretHash: string, now: number): Promise<string> {
    const found = await findBuyer(secretHash)
    if (found) return found
    const parameters = { secretHash, id: newBuyerId(now), now }
    const [, , sessions] = await driver.write([ADD_BUYER, ADD_SESSION, FIND_BUYER], parameters)
    return sessions?.[0]?.buyer as string
  }

  return { findBuyer, ensureBuyer }
}
