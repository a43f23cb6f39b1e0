import { openDatabase } from '../../db/index.ts'
import { ConfigError, loadConfig } from '../config/index.ts'
import { describeFailure } from '../describe-failure.ts'
import { hasLocalDesk, issueDeskLink } from '../desk/index.ts'
import { readArguments } from '../read-arguments.ts'
import { systemClock } from '../time.ts'

// Makes a one-time link into the merchant's desk by way of the database, so it works only for somebody who may write there.

const USAGE = `Prints a link that signs one browser in to the desk. It works once, for ten minutes.

  npm run desk`

const NO_TOKEN = 'This shop has no desk to sign in to from here, because ADMIN_TOKEN is not set.'
const RESTART = 'Restart the shop in a terminal, where it prints a link, or set ADMIN_TOKEN.'
const SET_TOKEN = 'Set ADMIN_TOKEN and restart the shop.'

try {
  readArguments(USAGE, {})
  process.stdout.write(await makeLink())
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  process.exitCode = 1
}

async function makeLink(): Promise<string> {
  const config = loadConfig()
  if (config.adminToken === undefined)
    throw new ConfigError(`${NO_TOKEN} ${hasLocalDesk({ config }) ? RESTART : SET_TOKEN}`)
  const db = await openDatabase({ url: config.databaseUrl, mode: config.mode, upgrades: false })
  try {
    const link = await issueDeskLink({ config, db, clock: systemClock }, 'npm run desk')
    return `This link signs one browser in to the desk. It works once, for ten minutes.\n${link}\n`
  } finally {
    await db.close()
  }
}
