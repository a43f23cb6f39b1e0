import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aFreePort } from '../../scripts/support/free-port.js'
import { findOwner, runGuarded } from '../../scripts/support/postgres-server.js'
import { aFolder, later } from './workplace.ts'

/** The PgBouncer that the developer has named, or the machine's, if it has one. On Debian it isn't in the PATH of users. */
export const pgBouncer =
  process.env.PGBOUNCER_PATH ||
  ['/usr/sbin', ...(process.env.PATH ?? '').split(':')]
    .map((folder) => join(folder, 'pgbouncer'))
    .find(existsSync)

/** Whether it can keep what its clients prepare, in transaction mode: since 1.21, which has a setting for that. */
export const keepsStatements = pgBouncer !== undefined && isSince(1, 21)

function isSince(major: number, minor: number): boolean {
  const [, ...found] =
    /(\d+)\.(\d+)/.exec(execFileSync(pgBouncer as string, ['--version'], { encoding: 'utf8' })) ?? []
  const [foundMajor = 0, foundMinor = 0] = found.map(Number)
  return foundMajor > major || (foundMajor === major && foundMinor >= minor)
}

/** For how long PgBouncer lends a server's connection to a client. */
export type PoolMode = 'session' | 'transaction' | 'statement'

interface Pool {
  mode: PoolMode
  /** To the server: fewer than clients, so that they have to share */
  connections?: number
  /** How many statements are kept for clients on each connection to the server */
  prepared?: number
}

/** The same database, through a pooler. */
export async function aPooler(url: string, pool: Pool): Promise<string> {
  const through = new URL(url)
  through.port = String(await aFreePort())
  const owner = findOwner()
  const folder = aFolder()
  const file = join(folder, 'pgbouncer.ini')
  writeFileSync(file, settings(new URL(url), through.port, pool))
  if (owner) chownSync(folder, owner.uid, owner.gid)
  // A shell's background processes ignore SIGQUIT, and PgBouncer leaves it at that.
  const pooler = await runGuarded(
    [pgBouncer as string, file],
    { ...owner, cwd: folder },
    'process up',
    'TERM',
  )
  later(() => pooler.stop('TERM'))
  return through.href
}

function settings(
  { hostname, port, username }: URL,
  listenPort: string,
  { mode, connections = 3, prepared = 0 }: Pool,
): string {
  return `
    [databases]
    * = host=${hostname} port=${port} user=${username}
    [pgbouncer]
    listen_addr = 127.0.0.1
    listen_port = ${listenPort}
    unix_socket_dir =
    auth_type = any
    pool_mode = ${mode}
    default_pool_size = ${connections}
    ${keepsStatements ? `max_prepared_statements = ${prepared}` : ''}`
}
