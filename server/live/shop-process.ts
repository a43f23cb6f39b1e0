import { type ChildProcess, spawn } from 'node:child_process'
import { LiveError } from './live-error.ts'

/** The shop, as a process of its own. */
export interface ShopProcess {
  /** Resolves with its exit code, or the signal that has ended it */
  ended: Promise<number | string>
  /** Lets it finish the requests in progress */
  stop(): Promise<void>
}

/** What starts the shop: a program and its arguments. */
export type ShopCommand = readonly [program: string, ...args: string[]]

/**
 * Starts the shop, and waits until it listens. What it writes goes to `onOutput`. It ends by itself if this process dies. Throws a
 * LiveError with what it has said, if it ends before.
 */
export async function startShopProcess(
  [program, ...args]: ShopCommand,
  { folder, env }: { folder: string; env: NodeJS.ProcessEnv },
  onOutput: (text: string) => void,
): Promise<ShopProcess> {
  const child = spawn(program, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: process.platform !== 'win32', // Ctrl-C would reach it twice: from the terminal, and from here
    windowsHide: true,
  })
  const said = { text: '', isReady: false }
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      if (said.isReady) onOutput(text)
      else said.text += text
    })
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1))
    child.once('error', (error) => {
      said.text += error.message
      resolve(1)
    })
  })
  const ready = new Promise<'ready'>((resolve) => child.once('message', () => resolve('ready')))
  if ((await Promise.race([ready, ended])) !== 'ready') throw new LiveError(said.text.trim())
  said.isReady = true
  if (said.text !== '') onOutput(said.text)
  return { ended, stop: () => stop(child, ended) }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM')
  await ended
}
