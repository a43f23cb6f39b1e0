/**
 * A thread that make-backup.ts starts: makes one backup, while the shop's event loop goes on.
 * Plain JavaScript, since a thread loads its file as it is, even where everything else is compiled on the fly.
 */
import { parentPort, workerData } from 'node:worker_threads'

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
const { loader, module, terms } = workerData

try {
  if (loader) (await import(loader)).register()
  /** @type {typeof import('./write-backup.ts')} */
  const { lowerPriority, writeBackup } = await import(module)
  lowerPriority()
  const backup = await writeBackup(terms, (step, share) => port.postMessage({ step, share }))
  port.postMessage({ backup })
} catch (error) {
  // Its class would not survive the way to another thread.
  const { name, code, reason, message, stack } = /** @type {any} */ (error)
  port.postMessage({ error: { name, code, reason, message, stack } })
}
