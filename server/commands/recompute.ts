import { openDatabase, QUARTER_MS } from '../../db/index.ts'
import { CatalogError, checkFolder } from '../catalog/index.ts'
import { type Config, loadConfigWithoutUrl } from '../config/index.ts'
import { countOf } from '../count-of.ts'
import { describeFailure } from '../describe-failure.ts'
import { readArguments } from '../read-arguments.ts'
import { type Recomputed, recompute } from '../summaries/index.ts'
import { systemClock } from '../time.ts'

const USAGE = `Computes what the overview of the desk shows from payments, refunds and orders again, and corrects what differs. The shop
may be running. The exit code is 1 if something could not be made right.

  npm run recompute`

const NO_IDENTITY =
  'The time zone of the shop’s days is not known, because shop.yaml or a page of the catalogue has an error. Fix what npm run check lists, and run this again.'

const LINE_EVERY_MS = 10_000
const LISTED = 20
let lastShownAt = performance.now()

try {
  readArguments(USAGE, {})
  const config = inItsTimeZone(loadConfigWithoutUrl())
  const db = await openDatabase({ url: config.databaseUrl, mode: config.mode, upgrades: false })
  try {
    const found = await recompute({ db, clock: systemClock, config }, showStep)
    endProgress()
    process.stdout.write(`${describe(found)}\n`)
    process.exitCode = found.isRight ? 0 : 1
  } finally {
    await db.close()
  }
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  process.exitCode = 1
}

/** Returns the configuration with the time zone that the shop uses. Throws CatalogError if the catalogue can't say which. */
function inItsTimeZone(config: Config): Config {
  if (config.timeZoneSet !== undefined) return config // the catalogue can't name another one
  const { identity } = checkFolder({ folder: config.catalogFolder, clock: systemClock })
  if (!identity) throw new CatalogError(NO_IDENTITY) // a running shop goes on with what it read before
  return { ...config, timeZone: identity.timeZone ?? config.timeZone }
}

/** Shows how far the work has come: on a terminal in one line, otherwise in a line now and then. */
function showStep(what: 'folding' | 'comparing', at: number): void {
  const pause = process.stderr.isTTY ? 100 : LINE_EVERY_MS
  if (performance.now() < lastShownAt + pause) return
  lastShownAt = performance.now()
  const day = new Date(at).toISOString().slice(0, 10)
  const text = `${what === 'folding' ? 'Adding up' : 'Comparing'} what came on ${day} …`
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`)
}

function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}

function describe({ compared, corrected, sumsCorrected, isRight }: Recomputed): string {
  const were = compared === 1 ? 'was' : 'were'
  const counted = `${countOf(compared, 'quarter hour')} ${were} computed from payments, refunds and orders.`
  if (!isRight) return `${counted} Some are still different. Run this again while less is being sold.`
  if (corrected.length === 0 && !sumsCorrected) return `${counted} All summaries are equal to them.`
  const list = corrected.length > 0 ? ` Wrong and corrected: ${listTimes(corrected)}.` : ''
  return `${counted}${list} All summaries are equal to them now.`
}

function listTimes(quarters: readonly number[]): string {
  const listed = quarters
    .slice(0, LISTED)
    .map((quarter) => new Date(quarter * QUARTER_MS).toISOString().slice(0, 16))
  const others = quarters.length - listed.length
  return `${listed.join(', ')}${others > 0 ? ` and ${others.toLocaleString('en')} more` : ''}`
}
