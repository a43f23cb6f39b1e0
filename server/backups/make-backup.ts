import { extname } from 'node:path'
import { type ResourceLimits, Worker } from 'node:worker_threads'
import type { Backup, BackupTerms, OnStep, Step } from './write-backup.ts'

// SQLite's copy and the compression work on a few pages at a time.
const MEMORY: ResourceLimits = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 24 }
// Development and tests compile on the fly, and a thread has none of the loaders of its process. The build needs none.
const LOADER = 'tsx/esm/api'

type Message = { step: Step; share?: number } | { backup: Backup } | { error: object }

/**
 * Makes a backup on a thread of its own, with a lower priority than the shop on Linux. `stopping` ends it at once, without a file.
 * Throws what writeBackup throws, by its name and message.
 */
export function makeBackup(terms: BackupTerms, stopping?: AbortSignal, onStep?: OnStep): Promise<Backup> {
  const extension = extname(import.meta.url)
  const thread = new Worker(new URL('./backup-thread.js', import.meta.url), {
    workerData: {
      loader: extension === '.js' ? undefined : LOADER,
      module: new URL(`./write-backup${extension}`, import.meta.url).href,
      terms,
    },
    execArgv: [],
    resourceLimits: MEMORY,
  })
  const stop = () => void thread.terminate()
  stopping?.addEventListener('abort', stop)
  return new Promise<Backup>((resolve, reject) => {
    thread.on('message', (message: Message) => {
      if ('step' in message) onStep?.(message.step, message.share)
      else if ('backup' in message) resolve(message.backup)
      else reject(Object.assign(new Error(), message.error))
    })
    thread.once('error', reject)
    thread.once('exit', () => reject(new Error('The backup was ended before it was finished')))
  }).finally(() => stopping?.removeEventListener('abort', stop))
}
