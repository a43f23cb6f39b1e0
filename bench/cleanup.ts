import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const pending = new Set<() => void>()

process.once('exit', () => {
  for (const undo of [...pending].reverse()) undo()
})

/**
 * Makes signals end this process in a way that runs what `onExit` was given. npm sends a second signal for each Ctrl-C, which would
 * end it meanwhile: npm/cli#5021.
 */
export function exitOnSignals(): void {
  for (const signal of SIGNALS) process.on(signal, () => process.exit(128 + constants.signals[signal]))
}

/** Runs `undo` when this process ends, latest first, or when the returned function is called. It must be synchronous. */
export function onExit(undo: () => void): () => void {
  pending.add(undo)
  return () => {
    if (pending.delete(undo)) undo()
  }
}

/**
 * Starts a program in a process group of its own, which is killed when this process ends, so that its children never
 * outlive the bench. The terminal sends Ctrl-C to this process only.
 */
export function spawnOwned(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true })
  const kill = () => {
    try {
      process.kill(-(child.pid as number), 'SIGKILL')
    } catch {} // it has ended in the meantime
  }
  pending.add(kill)
  child.once('exit', () => pending.delete(kill))
  return child
}
