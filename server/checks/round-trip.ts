import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type Database,
  type DatabaseLook,
  DatabaseRefused,
  DatabaseUnavailable,
  deleteProbe,
  findProbe,
  openDatabase,
  storeProbe,
} from '../../db/index.ts'
import type { Config } from '../config/index.ts'
import { couldNotCheck, type Finding, type Found } from '../finding.ts'
import { sha256 } from '../secrets.ts'
import { SECOND_MS } from '../time.ts'
import { blameClock } from './clock.ts'
import { FORGED_CLIENT, judgeArrival, judgeClient, type RoundTrip } from './judge-arrival.ts'
import { askOrFail, NoAnswer } from './network.ts'
import type { Subject } from './subject.ts'

const PROBE_LIFE_MS = 30 * SECOND_MS
const SEEN_WITHIN_MS = 4 * SECOND_MS // a shop looks once a second
const LOOK_EVERY_MS = 50
const ANSWER_WITHIN_MS = 4 * SECOND_MS // longer than Code waits, so that a slow way can be told from none
const OTHERS_LOOK_MS = 1_100 // by when every instance has looked
const TYPE = 'application/jwt'
/** A delivery that looks like Code's, with a signature that is nobody's. */
export interface SentProbe {
  body: string
  sha256: string
}

/** Posts a random body to the public webhook, and reads from the database what the shop has received of it. */
export async function checkRoundTrip(subject: Subject): Promise<Finding[]> {
  const publicUrl = subject.config.publicUrl()
  const lookedAt = `The way of a webhook: a delivery that nobody has signed, posted to ${publicUrl ?? 'PUBLIC_URL'}/webhook`
  const about = { check: 'round-trip', lookedAt }
  if (publicUrl === undefined) return [{ ...about, ...NO_URL }]
  const look = await subject.database().catch(ifNotAvailable)
  if (!isReady(look)) return [{ ...about, ...NOT_READY }]
  const trip = look.isUnused ? undefined : await makeRoundTrip(subject, publicUrl)
  if (!trip) return [{ ...about, ...NO_SHOP }]
  return [
    {
      ...about,
      ...((await blameClock(subject, [trip.answer])) ?? judgeTrip(trip, publicUrl, subject.config)),
    },
    ...(trip.arrival ? [await judgeClient(subject, publicUrl, trip.arrival)] : []),
  ]
}

const LATE =
  'Payments are then found by polling only: within seconds while the buyer waits on the page, otherwise up to 30 s later.'
const LOCAL =
  'Payments with test money are found at once all the same: the sandbox in this shop delivers its webhooks on this machine.'

/** The embedded sandbox doesn't use the public address, so nothing is broken while it is in Code's place. */
function judgeTrip(trip: RoundTrip, publicUrl: string, { embeddedSandbox }: Config): Found {
  const found = judgeArrival(trip, { publicUrl, type: TYPE, late: embeddedSandbox ? LOCAL : LATE })
  return embeddedSandbox && found.verdict === 'broken' ? { ...found, verdict: 'look-at-this' } : found
}

const NO_URL = couldNotCheck(
  'PUBLIC_URL is not set, so Code has no address to post webhooks to.',
  'Set PUBLIC_URL, or run npm run live.',
)
const NOT_READY = couldNotCheck(
  'The database is not ready for it, so whether webhooks arrive is not known.',
  'Start this version of the shop, which prepares the database, and run this again beside it.',
)
const NO_SHOP = couldNotCheck(
  'No running shop uses this database, so whether webhooks arrive is not known.',
  'Start the shop with the same settings, and run this again beside it.',
)

function isReady(look: DatabaseLook | undefined): look is DatabaseLook {
  return look?.refusal === undefined && look?.pending.length === 0 && look.tables.includes('probes')
}

function ifNotAvailable(error: unknown): undefined {
  if (!(error instanceof DatabaseRefused || error instanceof DatabaseUnavailable)) throw error
}

/** Returns undefined if no shop looks out for the probe. Deletes its row in any case. */
async function makeRoundTrip(subject: Subject, publicUrl: string): Promise<RoundTrip | undefined> {
  const { config, clock, signal } = subject
  const db = await openDatabase({ url: config.databaseUrl, mode: config.mode, upgrades: false })
  const probe = makeProbe()
  try {
    const now = clock.now()
    await storeProbe(db, { sha256: probe.sha256, expiresAt: now + PROBE_LIFE_MS }, now)
    const seenAt = performance.now()
    if (!(await isSeen(db, probe, signal))) return undefined
    const first = await send(subject, db, publicUrl, probe)
    if (first.arrival || first.answer instanceof NoAnswer || first.answer.status < 400) return first
    // Another instance of the shop has answered, perhaps, and it hasn't looked yet.
    await delay(Math.max(0, seenAt + OTHERS_LOOK_MS - performance.now()), undefined, { signal })
    return await send(subject, db, publicUrl, probe)
  } finally {
    await deleteProbe(db, probe.sha256).catch(ifNotAvailable) // it expires by itself
    await db.close()
  }
}

/** Makes a body in the form and of the length of Code's webhooks, so that whatever stands in the way treats it like one. */
function makeProbe(): SentProbe {
  const encode = (part: string | Buffer) => Buffer.from(part).toString('base64url')
  const payload = { probe: randomBytes(160).toString('hex') }
  const body = `${encode('{"alg":"EdDSA","typ":"JWT"}')}.${encode(JSON.stringify(payload))}.${encode(randomBytes(64))}`
  return { body, sha256: sha256(body) }
}

async function isSeen(db: Database, { sha256 }: SentProbe, signal: AbortSignal): Promise<boolean> {
  const giveUpAt = performance.now() + SEEN_WITHIN_MS
  while (performance.now() < giveUpAt && !signal.aborted) {
    if ((await findProbe(db, sha256))?.isSeen) return true
    await delay(LOOK_EVERY_MS)
  }
  return false
}

async function send(
  { network, signal }: Subject,
  db: Database,
  publicUrl: string,
  { body, sha256 }: SentProbe,
): Promise<RoundTrip> {
  const answer = await askOrFail(network, `${publicUrl}/webhook`, {
    method: 'POST',
    headers: {
      'Content-Type': TYPE,
      'User-Agent': 'Go-http-client/2.0', // a program's, so that a filter against programs shows
      'X-Forwarded-For': FORGED_CLIENT,
    },
    body,
    deadlineMs: ANSWER_WITHIN_MS,
    signal,
  })
  return { answer, arrival: (await findProbe(db, sha256))?.arrival }
}
