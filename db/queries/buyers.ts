import type { Database } from '../database.ts'
import { newId } from './ids.ts'

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

/** Finds the buyer of the browser whose secret has this SHA-256 (hex). */
export async function findBuyer(db: Database, secretHash: string): Promise<string | undefined> {
  const [session] = await db.read(FIND_BUYER, { secretHash })
  return session?.buyer as string | undefined
}

/** Finds the buyer, or adds one if this browser is new. Two tabs at once get the same one. */
export async function ensureBuyer(db: Database, secretHash: string, now: number): Promise<string> {
  const found = await findBuyer(db, secretHash)
  if (found) return found
  const parameters = { secretHash, id: newId(now), now }
  const [, , sessions] = await db.write([ADD_BUYER, ADD_SESSION, FIND_BUYER], parameters)
  return sessions?.[0]?.buyer as string
}
