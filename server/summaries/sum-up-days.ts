import {
  beginFolding,
  findSummaryState,
  findSummedDays,
  forgetDaysBefore,
  keepSummedDay,
  QUARTER_MS,
  type Span,
} from '../../db/index.ts'
import type { Shop } from '../shop.ts'
import { localDays } from './days.ts'
import { readSummaries, toText } from './figures.ts'

/** How many days the desk shows at most, with today. */
export const DAYS_SHOWN = 30

/**
 * Sums up the days before today that the desk shows, each once, so that a page reads one row a day and not hundreds. A late row
 * or another time zone makes that necessary again. False if another instance is folding.
 */
export async function sumUpDays(
  { db, clock, config }: Pick<Shop, 'db' | 'clock'> & { config: Pick<Shop['config'], 'timeZone'> },
  { before, leaseMs }: { before: number; leaseMs: number },
): Promise<boolean> {
  const now = clock.now()
  const days = localDays(now, config.timeZone, DAYS_SHOWN).slice(0, -1)
  const missing = await findDaysToSum(db, days, before)
  if (missing.length === 0) return true
  if (!(await beginFolding(db, { before, now, leaseMs }))) return false
  for (const day of missing) await sumUpDay(db, day)
  await forgetDaysBefore(db, days[0]?.fromQuarter ?? 0)
  return true
}

async function findDaysToSum(db: Shop['db'], days: readonly Span[], before: number): Promise<Span[]> {
  const whole = { fromQuarter: days[0]?.fromQuarter ?? 0, toQuarter: days.at(-1)?.toQuarter ?? 0 }
  const summed = await findSummedDays(db, whole)
  return days.filter(
    ({ fromQuarter, toQuarter }) =>
      toQuarter * QUARTER_MS <= before &&
      !summed.some((day) => day.fromQuarter === fromQuarter && day.toQuarter === toQuarter),
  )
}

async function sumUpDay(db: Shop['db'], { fromQuarter, toQuarter }: Span): Promise<void> {
  const span = { fromQuarter, toQuarter }
  const { version } = await findSummaryState(db)
  await keepSummedDay(db, span, { figures: toText(await readSummaries(db, span)), version })
}
