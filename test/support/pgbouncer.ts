import { chownSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findOwner, runGuarded } from '../../scripts/support/postgres-server.js'
import { aFreePort } from './process.ts'
import { aFolder, later } from './workplace.ts'

/** Where the machine has PgBouncer, if it does. On Debian it isn't in the PATH of users. */
export const pgBouncer = ['/usr/sbin', ...(process.env.PATH ?? '').split(':')]
  .map((folder) => join(folder, 'pgbouncer'))
  .find(existsSync)

/** For how long PgBouncer lends a server's connection to a client. */
export type PoolMode = 'session' | 'transaction' | 'statement'

/** The same database, through a pooler with fewer connections than clients. */
export async function aPooler(url: string, mode: PoolMode, connections = 3): Promise<string> {
  const through = new URL(url)
  through.port = String(await aFreePort())
  const owner = findOwner()
  const folder = aFolder()
  const file = join(folder, 'pgbouncer.ini')
  writeFileSync(file, settings(new URL(url), through.port, mode, connections))
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
  mode: PoolMode,
  connections: number,
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
    default_pool_size = ${connections}`
}
