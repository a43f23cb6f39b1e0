import type { Request } from 'express'
import {
  type Arrival,
  DatabaseUnavailable,
  findOpenProbes,
  recordArrival,
  recordSight,
} from '../../db/index.ts'
import type { Running } from '../running.ts'
import { sha256 } from '../secrets.ts'
import type { Shop } from '../shop.ts'
import { SECOND_MS } from '../time.ts'
import { readRaw } from '../web/index.ts'

const LOOK_EVERY_MS = SECOND_MS
const MOST_OPEN = 20 // a doctor stores one
const LARGEST_PROBE = 16 * 1024
const LONGEST_TEXT = 200 // characters of what a proxy may have made of it

/**
 * Looks once a second which probes of a doctor are about to arrive. Between these looks, and on the way of a webhook, nothing is
 * asked: a rejected body is compared with what was found, and nobody learns from the answer whether it was a probe.
 */
export function startLookout(shop: Shop): Running {
  let look: Promise<void> | undefined
  const timer = setInterval(() => {
    look ??= lookForProbes(shop).finally(() => {
      look = undefined
    })
  }, LOOK_EVERY_MS).unref()
  return {
    async stop() {
      clearInterval(timer)
      await look
    },
  }
}

/** Finds the open probes, and tells their senders so. While the database is unavailable, there are none. Never throws. */
export async function lookForProbes({ db, clock, log, probes }: Shop): Promise<void> {
  const now = clock.now()
  try {
    const open = await findOpenProbes(db, now, MOST_OPEN)
    probes.clear()
    for (const probe of open) probes.set(probe.sha256, probe.expiresAt)
    for (const probe of open) if (!probe.isSeen) await recordSight(db, probe.sha256, now)
  } catch (error) {
    probes.clear()
    if (!(error instanceof DatabaseUnavailable))
      log.error({ err: error }, 'could not look for a doctor’s probe')
  }
}

/**
 * Returns whether a rejected delivery is a doctor's probe, which is no sign of anything wrong, and records what has arrived of it.
 * `body`: undefined if the delivery was rejected before it was read.
 */
export async function isProbe(shop: Shop, req: Request, body: Buffer | undefined): Promise<boolean> {
  const { db, clock, log, probes } = shop
  if (probes.size === 0) return false
  const received = body ?? (await readRaw(req, LARGEST_PROBE).catch(() => undefined))
  const digest = received && sha256(received)
  const now = clock.now()
  if (!digest || !(now < (probes.get(digest) ?? 0))) return false
  probes.delete(digest)
  await recordArrival(db, digest, describe(req, received.length), now).catch((err) =>
    log.warn({ err }, 'could not record what arrived of a doctor’s probe'),
  )
  return true
}

function describe(req: Request, length: number): Arrival {
  return {
    method: req.method,
    contentType: (req.headers['content-type'] ?? '').slice(0, LONGEST_TEXT),
    length,
    client: req.ip ?? '',
    peer: req.socket.remoteAddress ?? '',
  }
}
