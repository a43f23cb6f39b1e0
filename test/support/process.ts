import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { later } from './workplace.ts'

export const TSX = pathToFileURL(resolve('node_modules/tsx/dist/loader.mjs')).href

/** Runs a script of the project as a process of its own. */
export function run(script: string, folder: string, env: Record<string, string> = {}, args: string[] = []) {
  return runProgram(process.execPath, ['--import', TSX, resolve(script), ...args], folder, env)
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
