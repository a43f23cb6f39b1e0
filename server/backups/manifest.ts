import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as z from '../zod.ts'

export const MANIFEST = 'manifest.json'
const FORMAT = 'nickel-backup-1'

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

/** Returns size and hash of each file in a folder. */
export function describeFiles(folder: string, names: readonly string[]): Promise<Manifest['files']> {
  return Promise.all(names.map((name) => describeFile(folder, name)))
}

async function describeFile(folder: string, name: string) {
  const path = join(folder, name)
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return { name, bytes: (await stat(path)).size, sha256: hash.digest('hex') }
}
