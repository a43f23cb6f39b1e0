import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'

/** A probe that has not arrived yet. */
export interface OpenProbe {
  /** Of its body, hex */
  sha256: string
  expiresAt: number
  /** Whether a shop has found it */
  isSeen: boolean
}

/** What arrived at the shop. */
export interface Arrival {
  method: string
  /** Empty if there was none */
  contentType: string
  /** Bytes of the body */
  length: number
  /** The IP address from which the request comes, as far as the shop trusts what proxies say */
  client: string
  /** The IP address of the connection: the client's, or that of the nearest proxy */
  peer: string
}

/** A probe as its sender finds it. */
export interface Probe {
  isSeen: boolean
  arrival: Arrival | undefined
}

// Those of doctors that were interrupted go with the next one.
const DELETE_EXPIRED = `
  DELETE FROM probes
  WHERE expires_at <= @now`

const STORE_PROBE = `
  INSERT INTO probes (sha256, expires_at)
  VALUES (@sha256, @expiresAt)`

const DELETE_PROBE = `
  DELETE FROM probes
  WHERE sha256 = @sha256`

const FIND_PROBE = `
  SELECT seen_at, arrived_at, method, content_type, length, client, peer
  FROM probes
  WHERE sha256 = @sha256`

const FIND_OPEN = `
  SELECT sha256, expires_at, seen_at
  FROM probes
  WHERE arrived_at IS NULL AND expires_at > @now
  ORDER BY expires_at
  LIMIT @limit`

const RECORD_SIGHT = `
  UPDATE probes
  SET seen_at = @now
  WHERE sha256 = @sha256 AND seen_at IS NULL`

const RECORD_ARRIVAL = `
  UPDATE probes
  SET arrived_at = @now, method = @method, content_type = @contentType, length = @length, client = @client, peer = @peer
  WHERE sha256 = @sha256 AND arrived_at IS NULL AND expires_at > @now`

/** Stores a probe, so that running shops look out for its body. */
export async function storeProbe(
  db: Database,
  probe: { sha256: string; expiresAt: number },
  now: number,
): Promise<void> {
  await db.write([DELETE_EXPIRED, STORE_PROBE], { ...probe, now })
}

export async function deleteProbe(db: Database, sha256: string): Promise<void> {
  await db.write([DELETE_PROBE], { sha256 })
}

/** Returns what has become of a probe; undefined if it is gone. */
export async function findProbe(db: Database, sha256: string): Promise<Probe | undefined> {
  const [row] = await db.read(FIND_PROBE, { sha256 })
  return (
    row && { isSeen: row.seen_at !== null, arrival: row.arrived_at === null ? undefined : asArrival(row) }
  )
}

function asArrival(row: Row): Arrival {
  return {
    method: String(row.method),
    contentType: String(row.content_type),
    length: Number(row.length),
    client: String(row.client),
    peer: String(row.peer),
  }
}

/** Finds the probes whose bodies may still arrive. */
export async function findOpenProbes(db: Database, now: number, limit: number): Promise<OpenProbe[]> {
  const rows = await db.read(FIND_OPEN, { now, limit })
  return rows.map((row) => ({
    sha256: String(row.sha256),
    expiresAt: Number(row.expires_at),
    isSeen: row.seen_at !== null,
  }))
}

/** Tells the sender of a probe that a running shop looks out for it. */
export async function recordSight(db: Database, sha256: string, now: number): Promise<void> {
  await db.write([RECORD_SIGHT], { sha256, now })
}

/** Records what has arrived, once. */
export async function recordArrival(
  db: Database,
  sha256: string,
  arrival: Arrival,
  now: number,
): Promise<void> {
  await db.write([RECORD_ARRIVAL], { sha256, ...arrival, now })
}
