/**
 * A thread that make-backup.ts starts: makes one backup, while the shop's event loop goes on.
 * Plain JavaScript, since a thread loads its file as it is, even where everything else is compiled on the fly.
 */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'

const NICENESS = 10 // a tenth of a processor where others want it, and all that they leave

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
const { loader, module, terms } = workerData

try {
  if (loader) (await import(loader)).register()
  /** @type {typeof import('./write-backup.ts')} */
  const { writeBackup } = await import(module)
  // On Linux, each thread has a priority of its own. Elsewhere, this would slow down the whole process.
  if (process.platform === 'linux') setPriority(NICENESS)
  const backup = await writeBackup(terms, (step, share) => port.postMessage({ step, share }))
  port.postMessage({ backup })
} catch (error) {
  // Its class would not survive the way to another thread.
  const { name, code, reason, message, stack } = /** @type {any} */ (error)
  port.postMessage({ error: { name, code, reason, message, stack } })
}
