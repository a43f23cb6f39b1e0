import { fork } from 'node:child_process'

const THREADS = '16' // of Node's, so that names that nobody answers for don't hold up reading files

/**
 * Runs a module in a process of its own until it sends its exit code, ends, or has run for too long. Then it is killed, since Node
 * waits at its end for the names that the system is still looking up: half a minute, where no name server answers.
 *
 * @param {number} ms @param {string} module @param {string[]} args @returns {Promise<number>} the exit code
 */
export function runWithin(ms, module, args) {
  const child = fork(module, args, { env: { ...process.env, UV_THREADPOOL_SIZE: THREADS }, execArgv: [] })
  return new Promise((resolve) => {
    /** @param {number} code */
    const end = (code) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      resolve(code)
    }
    const timer = setTimeout(() => {
      process.stderr.write(
        `Stopped after ${ms / 1_000} s, because it was not ready. A disk may not answer.\n`,
      )
      end(1)
    }, ms)
    child.once('message', (code) => end(Number(code)))
    child.once('exit', (code) => end(code ?? 1))
  })
}
