import { openDatabase } from '../db/index.ts'
import { ConfigError, loadConfig } from './config/index.ts'
import { describeFailure } from './describe-failure.ts'
import { issueDeskLink } from './desk/index.ts'
import { systemClock } from './time.ts'

// Makes a one-time link into the merchant's desk by way of the database, so it works only for somebody who may write there.

const NO_TOKEN = `This shop has no desk to sign in to from here, because ADMIN_TOKEN is not set. In live mode, set it and restart the shop.
In sandbox mode, the shop prints a link in its terminal when it starts.`

try {
  process.stdout.write(await makeLink())
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  process.exitCode = 1
}

async function makeLink(): Promise<string> {
  const config = loadConfig()
  if (config.adminToken === undefined) throw new ConfigError(NO_TOKEN)
  const db = await openDatabase({ url: config.databaseUrl, mode: config.mode })
  try {
    const link = await issueDeskLink({ config, db, clock: systemClock }, 'npm run desk')
    return `This link signs one browser in to the desk. It works once, for ten minutes.\n${link}\n`
  } finally {
    await db.close()
  }
}
