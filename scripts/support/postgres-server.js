import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFastFolder } from './fast-folder.js'
import { aFreePort } from './free-port.js'

/**
 * A private PostgreSQL server, run from the machine's own binaries: an empty cluster in a temporary folder, listening on
 * a free local port, whose user needs no password. It ends with the process that started it.
 * @typedef {object} PostgresServer
 * @property {string} url its database `postgres`
 * @property {string} folder all of its files
 * @property {() => Promise<void>} start
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} crash
 * @property {() => Promise<void>} remove
 */

/**
 * Starts a server. Returns undefined if PostgreSQL is not installed on this machine. Unless it must be `durable`, commits
 * don't wait for the disk. `inMemory` keeps its files there if there is space.
 * @returns {Promise<PostgresServer | undefined>}
 */
export async function startPostgres({ durable = false, inMemory = false } = {}) {
  const binaries = findBinaries()
  if (!binaries) return undefined
  const owner = findOwner()
  const folder = mkdtempSync(join(inMemory ? findFastFolder() : tmpdir(), 'nickel-postgres-'))
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const options = ['--auth=trust', '--username=nickel', '--no-sync', '--encoding=UTF8', '--locale=C']
  if (inMemory) options.push('--wal-segsize=1') // in megabytes: a log keeps at least two segments, and by default 80 MB of them
  execFileSync(join(binaries, 'initdb'), [...options, '--pgdata', data], { ...owner, cwd: folder })

  const port = await aFreePort()
  // Sooner than by default, so that two units in a deadlock learn of it before their deadline, also on a busy machine.
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'deadlock_timeout=200ms',
  ]
  if (!durable) settings.push('fsync=off')
  if (inMemory) settings.push('min_wal_size=2MB')
  const command = [
    join(binaries, 'postgres'),
    ...['-D', data, '-p', String(port)],
    ...settings.flatMap((setting) => ['-c', setting]),
  ]
  const guarded = { ...owner, cwd: folder, env: { ...process.env, SERVER_FOLDER: folder } }
  const run = () => runGuarded(command, guarded, 'ready to accept connections', 'QUIT')
  let running = await run()

  return {
    url: `postgres://nickel@127.0.0.1:${port}/postgres`,
    folder,
    async start() {
      running = await run()
    },
    stop: () => running.stop('INT'),
    crash: () => running.stop('QUIT'),
    async remove() {
      await running.stop('QUIT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Debian installs each version into a folder of its own, outside the PATH. */
function findBinaries() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/** PostgreSQL and PgBouncer refuse to run as root, so root runs them as the user that the package created. */
export function findOwner() {
  if (process.getuid?.() !== 0) return undefined
  const [uid = 0, gid = 0] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'])))
  return { uid, gid }
}

// `read` receives the signal to send. When this process ends, for whatever reason, it sees the end of the pipe instead,
// and `$0` is the signal for that. Then the server's folder, which nobody else would remove, goes as well.
const GUARD = `"$@" < /dev/null &
  read -r signal || lost=yes
  kill -s "\${signal:-$0}" $!
  wait $!
  if [ "\${lost:-}" ] && [ "\${SERVER_FOLDER:-}" ]; then rm -rf "$SERVER_FOLDER"; fi`

/**
 * Runs a server, which gets `lastSignal` when this process ends. Resolves once the server's log says `ready`.
 * @param {string[]} command
 * @param {import('node:child_process').SpawnOptionsWithoutStdio} options
 * @param {string} ready
 * @param {'QUIT' | 'TERM'} lastSignal
 */
export async function runGuarded(command, options, ready, lastSignal) {
  // In a group of its own, since Ctrl-C would end the guard before it has removed the folder.
  const child = spawn('sh', ['-c', GUARD, lastSignal, ...command], { ...options, detached: true })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  let output = ''
  await new Promise((resolve, reject) => {
    child.stderr.on('data', (text) => {
      output += text
      if (output.includes(ready)) resolve(undefined)
    })
    ended.then(() => reject(new Error(`${command[0]} did not start:\n${output}`)))
  })
  return {
    /** @param {'INT' | 'QUIT' | 'TERM'} signal */
    async stop(signal) {
      child.stdin.end(`${signal}\n`)
      await ended
    },
  }
}
