import type { Request, Response } from 'express'
import { MINUTE_MS } from '../time.ts'
import { addressOf } from '../web/index.ts'

const PAUSE_MS = 30 * MINUTE_MS
const MOST = { pauses: 200, ofAddress: 8 } // each keeps a connection, a file, and less than 1 MiB that isn't read yet

/** How many downloads may pause for long, by the address that they go to. */
export type Pauses = Map<string, number>

/**
 * Lets the client of a download pause for half an hour before its connection is closed. The user of a browser may pause it, and
 * a proxy that has read far ahead does. Downloads beyond the limits are treated like any other answer. Node sets its own
 * limits again for the next request.
 */
export function allowPauses(pauses: Pauses, req: Request, res: Response): void {
  if (res.destroyed) return // its client has left, so `close` won't come any more
  const address = addressOf(req)
  const count = pauses.get(address) ?? 0
  if (count === MOST.ofAddress || totalOf(pauses) === MOST.pauses) return
  pauses.set(address, count + 1)
  req.socket.setTimeout(PAUSE_MS)
  res.once('close', () => endPause(pauses, address))
}

function totalOf(pauses: Pauses): number {
  return [...pauses.values()].reduce((total, count) => total + count, 0)
}

function endPause(pauses: Pauses, address: string): void {
  const left = (pauses.get(address) ?? 0) - 1
  if (left > 0) pauses.set(address, left)
  else pauses.delete(address)
}
