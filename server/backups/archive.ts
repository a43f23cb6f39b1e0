import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { create, extract, Parser, type ReadEntry } from 'tar'
import { BackupError, isDiskFull } from './backup-error.ts'
import { describeFiles, MANIFEST, type Manifest, manifestSchema } from './manifest.ts'

const OWNER_ONLY = 0o600
const LEVEL = 1 // of gzip, the fastest: it works while the shop sells
const CHUNK = 64 * 1024 // bytes; tar would take 16 MB at a time
const LARGEST_MANIFEST = 1_000_000 // bytes

/** Packs files of a folder into one, the manifest first, and syncs it. `tar -xzf` unpacks it as well. */
export async function pack(folder: string, names: readonly string[], target: string): Promise<void> {
  const packed = create({ cwd: folder, gzip: { level: LEVEL }, portable: true, maxReadSize: CHUNK }, [
    MANIFEST,
    ...names,
  ])
  await pipeline(packed, createWriteStream(target, { flags: 'wx', mode: OWNER_ONLY, flush: true }))
}

/** Reads what a backup contains, and no further than that. Throws BackupError for a file that isn't a backup. */
export async function readManifest(file: string): Promise<Manifest> {
  const text = await readFirstFile(file)
  const { data } = manifestSchema.safeParse(parseJson(text))
  if (data) return data
  throw new BackupError(
    `${file} is not a backup that this version of the shop can read. Choose a file that npm run backup has made, or install the version of the shop that made it.`,
  )
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** Returns the manifest's text; undefined if something else comes first, or nothing that can be read. */
function readFirstFile(file: string): Promise<string | undefined> {
  const source = createReadStream(file)
  const parser = new Parser({ strict: true })
  return new Promise<string | undefined>((resolve, reject) => {
    source.once('error', (cause) => reject(unreadable(file, cause)))
    parser.on('error', () => resolve(undefined)) // each block that it can't read is another one
    parser.once('end', () => resolve(undefined))
    parser.once('entry', (entry: ReadEntry) => {
      const isManifest = entry.path === MANIFEST && entry.size <= LARGEST_MANIFEST
      if (!isManifest) return resolve(undefined)
      entry.concat().then((bytes) => resolve(bytes.toString()), reject)
    })
    source.pipe(parser)
  }).finally(() => source.destroy())
}

function unreadable(file: string, cause: NodeJS.ErrnoException): BackupError {
  const why = cause.code === 'ENOENT' ? 'There is no such file.' : cause.message
  return new BackupError(`Cannot read the backup ${file}: ${why}`, { cause })
}

/** Unpacks a backup into an empty folder, and compares each file with the manifest. Throws BackupError. */
export async function unpack(file: string, manifest: Manifest, folder: string): Promise<void> {
  const names = manifest.files.map(({ name }) => name)
  try {
    await extract({
      file,
      cwd: folder,
      strict: true,
      maxReadSize: CHUNK,
      maxDecompressionRatio: Number.POSITIVE_INFINITY, // free pages of a database are zeros
      filter: (path, entry) => names.includes(path) && 'type' in entry && entry.type === 'File',
    })
  } catch (cause) {
    if (isDiskFull(cause)) throw cause
    throw damaged(file, cause)
  }
  assertSame(file, manifest, folder)
}

function assertSame(file: string, { files }: Manifest, folder: string): void {
  const names = files.map(({ name }) => name)
  if (JSON.stringify(readFiles(file, folder, names)) !== JSON.stringify(files)) throw damaged(file)
}

function readFiles(file: string, folder: string, names: readonly string[]): Manifest['files'] {
  try {
    return describeFiles(folder, names)
  } catch (cause) {
    throw damaged(file, cause)
  }
}

function damaged(file: string, cause?: unknown): BackupError {
  return new BackupError(
    `The backup ${file} is truncated or damaged, so nothing of it was used. Choose another one, or copy it again from where it came from.`,
    { cause },
  )
}
