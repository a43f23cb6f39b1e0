import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onExit } from './cleanup.ts'
import { FOLDER, type Running, startSandbox, together } from './processes.ts'

/** Starts a sandbox without any state, hands it to `work`, then stops it and removes its state. */
export async function onSandbox<T>(work: (sandbox: Running) => Promise<T>): Promise<T> {
  mkdirSync(FOLDER, { recursive: true })
  const data = mkdtempSync(join(FOLDER, 'sandbox-'))
  const remove = onExit(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }))
  try {
    return await together({ sandbox: () => startSandbox(data) }, ({ sandbox }) => work(sandbox))
  } finally {
    remove()
  }
}
