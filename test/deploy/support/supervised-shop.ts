import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { aFreePort } from '../../../scripts/support/free-port.js'
import { runProgram, TSX } from '../../support/process.ts'
import { later } from '../../support/workplace.ts'

// What systemd does with deploy/systemd: it opens the socket, and starts the shop again when it ends. Only this process stays.
const ONCE = 'echo $$ > pid; LISTEN_PID=$$ exec "$@"'
const AGAIN_AND_AGAIN = `while sh -c '${ONCE}' once "$@"; do :; done`
const START_DEADLINE_S = 60

/** Why what systemd passes can't be tried; false if it can. */
export const NO_SYSTEMD = !existsSync('/usr/bin/systemd-socket-activate') && 'no systemd'

/** A shop in a process of its own, on a socket that stays open while it restarts. Its folder needs a `catalog/`. */
export async function aSupervisedShop(folder: string, env: Record<string, string> = {}) {
  const port = await aFreePort()
  const settings = { PORT: String(port), PATH: process.env.PATH ?? '', ...env }
  const passed = Object.entries(settings).flatMap(([name, value]) => ['-E', `${name}=${value}`])
  const command = [process.execPath, '--import', TSX, resolve('server/main.ts')]
  const loop = ['sh', '-c', AGAIN_AND_AGAIN, 'again', ...command]
  later(() => end(folder)) // after the loop that would start another
  const supervisor = runProgram(
    'systemd-socket-activate',
    ['-l', `127.0.0.1:${port}`, ...passed, ...loop],
    folder,
  )
  await supervisor.says('Listening on')
  const url = `http://127.0.0.1:${port}`
  // The first connection starts it.
  execFileSync('curl', ['-sf', '-m', String(START_DEADLINE_S), '-o', `${folder}/ready`, `${url}/readyz`])
  return {
    port,
    url,
    output: supervisor.output,
    /** Stops the process as systemd does. Its successor finds what has come meanwhile. */
    stop: () => process.kill(pidIn(folder), 'SIGTERM'),
    pid: () => pidIn(folder),
  }
}

function pidIn(folder: string): number {
  return Number(readFileSync(join(folder, 'pid'), 'utf8'))
}

function end(folder: string): void {
  try {
    process.kill(pidIn(folder), 'SIGKILL')
  } catch {
    // it has never started, or has ended
  }
}
