import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describeUnless } from './skipping.ts'
import { later } from './workplace.ts'

export const TSX = pathToFileURL(resolve('node_modules/tsx/dist/loader.mjs')).href

/** Runs a script of the project as a process of its own. */
export function run(script: string, folder: string, env: Record<string, string> = {}, args: string[] = []) {
  return runProgram(process.execPath, ['--import', TSX, resolve(script), ...args], folder, env)
}

/**
 * Runs a script of the project on a terminal. What is piped to it is typed there, and its end is Ctrl-D. It first prints the number of
 * its process.
 */
export function runOnTerminal(
  script: string,
  folder: string,
  env: Record<string, string> = {},
  args: string[] = [],
) {
  const program = [process.execPath, '--import', TSX, resolve(script), ...args].join(' ')
  const command = `stty columns 120; echo "process $$;"; exec ${program}`
  const typed = ['--quiet', '--return', '--command', command, '/dev/null']
  return runProgram('script', typed, folder, { ...env, SHELL: '/bin/sh', TERM: 'xterm' })
}

/** Tests of programs on a terminal, which are skipped where there is no util-linux to make one. */
export function describeOnTerminals(name: string, tests: () => void): void {
  const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' })
  describeUnless(!stdout?.includes('util-linux') && 'no util-linux')(name, tests)
}

/** Runs any program as a process of its own, until the end of the test. */
export function runProgram(
  command: string,
  args: string[],
  folder: string,
  env: Record<string, string> = {},
) {
  const { PATH = '' } = process.env
  const child = spawn(command, args, { cwd: folder, env: { PATH, ...env } })
  later(() => child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  return { child, ended, output: () => output, says: (text: string) => saying(child, () => output, text) }
}

function saying(child: ChildProcess, output: () => string, text: string): Promise<void> {
  return new Promise((done, fail) => {
    const look = () => output().includes(text) && done()
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('exit', () => fail(new Error(`it ended without saying "${text}":\n${output()}`)))
    look()
  })
}
