import { DatabaseRefused, DatabaseUnavailable, openDatabase } from '../db/index.ts'
import { ConfigError, loadConfig } from '../server/config/index.ts'
import { type Recomputed, recompute } from '../server/summaries/index.ts'
import { systemClock } from '../server/time.ts'

// Computes what the overview of the desk shows from payments, refunds and orders again, and corrects what differs. The shop may
// be running. The exit code is 1 if something could not be made right.

try {
  const config = loadConfig()
  const db = await openDatabase({ url: config.databaseUrl, mode: config.mode })
  try {
    const found = await recompute({ db, clock: systemClock, config })
    process.stdout.write(`${describe(found)}\n`)
    process.exitCode = found.isRight ? 0 : 1
  } finally {
    await db.close()
  }
} catch (error) {
  const isExpected = [ConfigError, DatabaseRefused, DatabaseUnavailable].some((type) => error instanceof type)
  if (!isExpected) throw error
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}

function describe({ compared, corrected, sumsCorrected, isRight }: Recomputed): string {
  const counted = `${compared.toLocaleString('en')} quarter hours were computed from their payments, refunds and orders.`
  if (!isRight) return `${counted} Some are still different. Run this again while less is being sold.`
  if (corrected.length === 0 && !sumsCorrected) return `${counted} All summaries are equal to them.`
  const times = corrected.map((quarter) => new Date(quarter * 900_000).toISOString().slice(0, 16))
  const list = times.length > 0 ? ` Wrong and corrected: ${times.join(', ')}.` : ''
  return `${counted}${list} All summaries are equal to them now.`
}
