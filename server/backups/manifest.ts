import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import * as z from '../zod.ts'

export const MANIFEST = 'manifest.json'
const FORMAT = 'nickel-backup-1'

const CHUNK = 64 * 1024 // bytes
const SAFE_NAME = /^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)?$/

const file = z.object({
  name: z.string().regex(SAFE_NAME),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

export const manifestSchema = z.object({
  /** Of the backup, not of the database */
  format: z.enum([FORMAT]),
  /** Milliseconds since 1970: before the copy began, so everything that is in the database at this time is in the backup */
  madeAt: z.number().int().nonnegative(),
  mode: z.enum(['sandbox', 'live']),
  engine: z.enum(['sqlite', 'postgres']),
  /** The schema: the migrations that have run, in their order */
  migrations: z.array(z.string()),
  /** The rows of each table */
  counts: z.record(z.string(), z.number().int().nonnegative()),
  /** The file with the database, among `files` */
  database: z.string(),
  files: z.array(file).max(100),
})

/** What a backup contains, and what of. */
export type Manifest = z.infer<typeof manifestSchema>

export const newManifest = (facts: Omit<Manifest, 'format'>): Manifest => ({ format: FORMAT, ...facts })

/** Returns size and hash of each file in a folder. Blocks its thread, but needs no memory for each chunk. */
export function describeFiles(folder: string, names: readonly string[]): Manifest['files'] {
  return names.map((name) => ({ name, ...describeFile(join(folder, name)) }))
}

function describeFile(path: string): { bytes: number; sha256: string } {
  const [hash, chunk] = [createHash('sha256'), Buffer.allocUnsafe(CHUNK)]
  const handle = openSync(path, 'r')
  try {
    let bytes = 0
    for (let read = 1; read > 0; bytes += read) {
      read = readSync(handle, chunk)
      hash.update(chunk.subarray(0, read))
    }
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    closeSync(handle)
  }
}
