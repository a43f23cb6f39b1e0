import { DatabaseRefused, DatabaseUnavailable, isPostgres, locateDatabase } from '../../db/index.ts'
import { broken, type Finding, type Found, fine, lookAtThis } from '../finding.ts'
import type { Subject } from './subject.ts'

/** Whether the database can be opened, belongs to this mode and shop, and loses nothing. It is only read. */
export async function checkDatabase({ config, database }: Subject): Promise<Finding[]> {
  const about = { check: 'database', lookedAt: `The database ${locateDatabase(config.databaseUrl)}` }
  try {
    const look = await database()
    if (!look) return [{ ...about, ...fine('It is not there yet. The first start creates it.') }]
    if (look.refusal !== undefined)
      return [{ ...about, ...broken(`${look.refusal}\n${NOT_STARTING}`, REPAIR) }]
    const engine = isPostgres(config.databaseUrl) ? 'PostgreSQL' : 'SQLite'
    return [
      { ...about, ...judgeSchema(look.pending, config.mode) },
      {
        check: 'durability',
        lookedAt: `Settings of ${engine} on which it depends that no payment is lost`,
        ...judgeSettings(look.settings),
      },
      ...(look.keepsStatements ? [] : [POOLER]),
    ]
  } catch (error) {
    if (!(error instanceof DatabaseRefused || error instanceof DatabaseUnavailable)) throw error
    return [{ ...about, ...broken(`${error.message}\n${NOT_STARTING}`, REPAIR) }]
  }
}

const NOT_STARTING = 'The shop cannot use it, so nothing can be sold, and no payment can be recorded.'
const REPAIR = 'Follow the advice above; docs/databases.md says more.'

function judgeSchema(pending: readonly string[], mode: string): Found {
  const money = mode === 'live' ? 'real money' : 'test money'
  if (pending.length === 0) return fine(`It opens, holds ${money} only, and is up to date.`)
  return lookAtThis(
    `It opens, and holds ${money} only, but the next start upgrades it (${pending.join(', ')}). With many orders, that takes minutes in which nothing is sold, and an older version of the shop cannot open it afterwards.`,
    'Make a backup before you start this version.',
  )
}

function judgeSettings(settings: readonly { name: string; value: string; promised: string }[]): Found {
  const shown = settings.map(({ name, value }) => `${name} = ${value}`).join(', ')
  const wrong = settings.filter(({ value, promised }) => value !== promised)
  if (wrong.length === 0)
    return fine(`${shown}. A payment that the shop has confirmed to Code survives a power cut.`)
  // The start sets SQLite's by itself.
  if (wrong.every(({ name }) => name === 'journal_mode'))
    return fine(`${shown}, as in a copy that no shop has opened yet. The start changes it to wal.`)
  const wanted = wrong.map(({ name, promised }) => `${name} = ${promised}`).join(', ')
  return broken(
    `${shown}. After a power cut, payments that the shop has confirmed to Code may be gone, and Code never sends them again.`,
    `Set ${wanted} on the server, and restart it.`,
  )
}

const POOLER: Finding = {
  check: 'pooler',
  lookedAt: 'The connection pooler in front of PostgreSQL',
  ...lookAtThis(
    'It drops its clients’ prepared statements. The shop does without them, so no money is lost, but each sale costs the server more processor time.',
    'Use session mode, or PgBouncer 1.21 or later with max_prepared_statements.',
  ),
}
