import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  countOpenEvents,
  countPaidTwice,
  countPolled,
  countRefused,
  countUnregistered,
  findSubmitted,
  hasFailedAlerts,
  idsFrom,
  locateDatabase,
  QUARTER_MS,
} from '../../../db/index.ts'
import { listOffSale } from '../../catalog/index.ts'
import { isDown } from '../../code/index.ts'
import { isTemporary } from '../../config/index.ts'
import { once } from '../../once.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { DAY_MS } from '../../time.ts'
import { hasBuyersElsewhere } from '../addresses/index.ts'
import { findMissingBackup, type LastBackups } from './backup.ts'

const COUNTED = 5_000
const WEEK_MS = 7 * DAY_MS
const MONTH_MS = 30 * DAY_MS
const LEAST_FREE_SHARE = 0.05
const LEAST_FREE_BYTES = 1_000_000_000

/** Something that the merchant should look at, and where. */
export interface Matter {
  text: string
  href: string
  link: string
}

const texts = en.desk.overview.attention

/** Finds what needs the merchant now, the most urgent first. */
export async function findAttention(shop: Shop, now: number, backups: LastBackups): Promise<Matter[]> {
  const newest = { from: idsFrom(now - DAY_MS), limit: COUNTED }
  const [
    mismatched,
    orphaned,
    submitted,
    paidTwice,
    refused,
    unregistered,
    polled,
    disk,
    alertsFailed,
    hasMoved,
  ] = await Promise.all([
    countOpenEvents(shop.db, 'mismatched', COUNTED),
    countOpenEvents(shop.db, 'orphaned', COUNTED),
    findSubmitted(shop.db, { from: idsFrom(now - MONTH_MS), limit: COUNTED }),
    countPaidTwice(shop.db, { from: idsFrom(now - WEEK_MS), limit: COUNTED }),
    countRefused(shop.db, newest),
    countUnregistered(shop.db, newest),
    countPolled(shop.db, lastDay(now)),
    measureDisk(shop),
    hasFailedAlerts(shop.db),
    hasBuyersElsewhere(shop, now),
  ])
  const broken = shop.examination.report?.findings.filter(({ verdict }) => verdict === 'broken').length ?? 0
  const missingBackup = findMissingBackup(shop.config, backups, now)
  const { faults, identity, coupons } = shop.catalog
  return [
    ...(isDown(shop.code) ? [texts.down] : []),
    ...(broken > 0 ? [texts.checks(broken)] : []),
    ...(disk ? [texts.disk(disk)] : []),
    ...(mismatched.open > 0 ? [texts.mismatched(mismatched)] : []),
    ...(orphaned.open > 0 ? [texts.orphaned(orphaned)] : []),
    ...(submitted.newest ? [texts.submitted(submitted.orders, submitted.newest)] : []),
    ...(paidTwice > 0 ? [texts.paidTwice(paidTwice)] : []),
    ...(alertsFailed ? [texts.alerts] : []),
    ...(missingBackup ? [texts[missingBackup]] : []),
    ...(identity.faults.length > 0 ? [texts.identityFaults(identity.faults.length)] : []),
    ...(coupons.faults.length > 0 ? [texts.couponFaults(coupons.faults.length)] : []),
    ...(faults.length > 0 ? [texts.faults(faults.length, listOffSale(shop.catalog).files)] : []),
    ...(refused > 0 ? [texts.refused(refused)] : []),
    ...(shop.config.webhookUrl() === undefined ? [texts.noWebhook] : []),
    ...(shop.config.mode === 'live' && isTemporary(shop.config.url()) ? [texts.trial] : []),
    ...(hasMoved ? [texts.moved] : []),
    ...(unregistered > 0 ? [texts.unregistered(unregistered)] : []),
    ...(polled > 0 && shop.config.webhookUrl() !== undefined ? [texts.polled(polled)] : []),
  ]
}

/** The last 24 hours, as whole quarter hours. */
function lastDay(now: number) {
  const toQuarter = Math.floor(now / QUARTER_MS)
  return { fromQuarter: toQuarter - DAY_MS / QUARTER_MS, toQuarter }
}

/** Returns how much is free on the disk of SQLite's file if that is little; undefined for a database elsewhere. */
async function measureDisk({ config }: Shop): Promise<{ free: string; share: string } | undefined> {
  if (/^postgres(ql)?:/.test(config.databaseUrl)) return undefined
  const { bavail, blocks, bsize } = await statfs(dirname(locateDatabase(config.databaseUrl)))
  const [free, share] = [bavail * bsize, bavail / blocks]
  if (free >= LEAST_FREE_BYTES && share >= LEAST_FREE_SHARE) return undefined
  return { free: gigabytes().format(free / 1e9), share: percent().format(share) }
}

const gigabytes = once(
  () => new Intl.NumberFormat('en', { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 }),
)
const percent = once(() => new Intl.NumberFormat('en', { style: 'percent' }))
