import { type ChildProcess, spawn } from 'node:child_process'
import { finished } from 'node:stream/promises'
import { LiveError } from './live-error.ts'
import { passOnLines } from './show-log.ts'

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
 * LiveError with what it has said, if it ends before; and an AbortError once it has ended because of `signal`, which counts only until
 * then.
 */
export async function startShopProcess(
  [program, ...args]: ShopCommand,
  { folder, env, signal }: { folder: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
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
  const outputs = [child.stdout, child.stderr].filter((stream) => stream !== null)
  for (const stream of outputs)
    passOnLines(stream, (text) => {
      if (said.isReady) onOutput(text)
      else said.text += text
    })
  const ended = new Promise<number | string>((resolve) => {
    // Node emits no 'close' after stop(): findings/node-child-close-after-disconnect.sh.
    child.once('exit', async (code, killedBy) => {
      await Promise.allSettled(outputs.map((stream) => finished(stream)))
      resolve(code ?? killedBy ?? 1)
    })
    child.once('error', (error) => {
      said.text += error.message
      resolve(1)
    })
  })
  const ready = new Promise<'ready'>((resolve) => child.once('message', () => resolve('ready')))
  const end = () => child.kill() // a shop that isn't ready doesn't notice yet when it is left
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  const first = await Promise.race([ready, ended])
  signal.removeEventListener('abort', end)
  if (first !== 'ready') {
    signal.throwIfAborted()
    throw new LiveError(said.text.trim())
  }
  said.isReady = true
  if (said.text !== '') onOutput(said.text)
  return { ended, stop: () => stop(child, ended) }
}

/** The shop ends in order once this process leaves it. On Windows, a signal would end it at once. */
async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.connected) child.disconnect()
  await ended
}
