import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { later } from './workplace.ts'

const FOLDER = resolve('test/support/cloudflared')

/** What the stand-in is to do. It is explained in its own file. */
export interface StandInPlan {
  names?: string[]
  fails?: number[]
  nameMs?: number
  readyMs?: number
  output?: 'json' | 'text'
}

/** A start of the stand-in. */
export interface StandInStart {
  pid: number
  args: string[]
  token?: string
  settings: string[]
  edgePort: number
}

/** A cloudflared that needs no network, for the PATH of a test. Its processes end with the test. */
export function aStandIn(folder: string, plan: StandInPlan = {}) {
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))
  const starts = (): StandInStart[] => {
    const path = join(folder, 'starts.jsonl')
    if (!existsSync(path)) return []
    const whole = readFileSync(path, 'utf8').split('\n').slice(0, -1) // the last one may be written just now
    return whole.map((line) => JSON.parse(line))
  }
  later(() => {
    for (const { pid } of starts()) kill(pid, 'SIGKILL')
  })
  return {
    path: join(FOLDER, 'cloudflared'),
    env: { PATH: [FOLDER, dirname(process.execPath), process.env.PATH].join(delimiter), STAND_IN: folder },
    starts,
    /** Ends the one that runs now, as a crash would */
    kill: () => kill(starts().at(-1)?.pid, 'SIGKILL'),
  }
}

/** Returns whether a process runs. */
export function isRunning(pid: number): boolean {
  return kill(pid, 0)
}

function kill(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid !== undefined && process.kill(pid, signal)
  } catch {
    return false
  }
}
