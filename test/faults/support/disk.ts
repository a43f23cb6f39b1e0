import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Random } from '../fault.ts'
import { type Call, data, lastNumber, target } from './trace.ts'

const SECTOR = 512 // what a disk writes whole

interface Write {
  at: number
  /** undefined: the file is cut off, or filled up with zeros, at this length */
  bytes: Buffer | undefined
}

interface File {
  durable: Buffer
  pending: Write[]
}

interface Naming {
  path: string
  /** undefined: the name is taken away */
  file: File | undefined
}

/**
 * A disk that forgets. A write lasts once its file was synced after it; a name lasts once its folder was. Until then a
 * power cut may take it away: always, or by chance.
 */
export function createDisk(folder: string) {
  const names = new Map<string, File>()
  const durableNames = new Map<string, File>()
  const pendingNames: Naming[] = []

  /** Takes part of a recorded call in. True if it was about this disk. */
  function take(call: Call): boolean {
    if (call.name === 'openat') return create(call)
    if (call.name === 'unlink') return name(pathIn(call), undefined)
    if (call.name === 'rename') throw new Error('a rename was recorded, and the model knows none')
    if (call.name === 'mkdir') return name(pathIn(call), { durable: Buffer.alloc(0), pending: [] })
    return change(call)
  }

  function pathIn(call: Call): string {
    return resolveIn(folder, data(call).toString())
  }

  function create(call: Call): boolean {
    const path = pathIn(call)
    if (!isHere(path) || !call.args.includes('O_CREAT') || names.has(path)) return false
    return name(path, { durable: Buffer.alloc(0), pending: [] })
  }

  function name(path: string, file: File | undefined): boolean {
    if (!isHere(path)) return false
    if (file) names.set(path, file)
    else names.delete(path)
    pendingNames.push({ path, file })
    return true
  }

  function change(call: Call): boolean {
    const path = target(call)
    if (!isHere(path)) return false
    if (call.name === 'fsync' || call.name === 'fdatasync') return sync(path)
    const file = names.get(path)
    if (call.name === 'read' || !file) return false
    const bytes = call.name === 'pwrite64' ? data(call).subarray(0, call.result) : undefined
    if (call.name !== 'pwrite64' && call.name !== 'ftruncate')
      throw new Error(`${path} was written by ${call.name}, and the model does not know where`)
    file.pending.push({ at: lastNumber(call), bytes })
    return true
  }

  function sync(path: string): boolean {
    const file = names.get(path)
    if (file) {
      file.durable = apply(file.durable, file.pending)
      file.pending = []
    }
    for (const naming of pendingNames.splice(0))
      if (dirname(naming.path) === path) rename(durableNames, naming)
      else pendingNames.push(naming)
    return true
  }

  const isHere = (path: string) => path.startsWith(`${folder}/`) || path === folder

  /** What is found after a power cut now, laid out in `into`. With `random`, some of what was not synced survived. */
  function cut(into: string, random: Random | undefined): void {
    rmSync(into, { recursive: true, force: true })
    mkdirSync(into)
    const found = new Map(durableNames)
    const surviving = random ? random.between(0, pendingNames.length) : 0
    for (const naming of pendingNames.slice(0, surviving)) rename(found, naming)
    for (const [path, file] of found) {
      const to = join(into, relative(folder, path))
      if (names.get(path) === file && isFolder(path)) mkdirSync(to, { recursive: true })
      else if (found.has(dirname(path)) || dirname(path) === folder)
        writeFileSync(to, contents(path, file, random))
    }
  }

  const isFolder = (path: string) => [...names.keys()].some((other) => dirname(other) === path)

  function contents(path: string, file: File, random: Random | undefined): Buffer {
    if (!random) return file.durable
    // Memory that was shared, and is never synced: anything may stand there.
    if (path.endsWith('-shm')) return Buffer.alloc(32_768, random.between(0, 255))
    return apply(
      file.durable,
      file.pending.flatMap((write) => whatSurvives(write, random)),
    )
  }

  return { take, cut }
}

function resolveIn(folder: string, path: string): string {
  return path.startsWith('/') ? path : join(folder, path)
}

function rename(names: Map<string, File>, { path, file }: Naming): void {
  if (file) names.set(path, file)
  else names.delete(path)
}

function apply(contents: Buffer, writes: readonly Write[]): Buffer {
  const ends = writes.map(({ at, bytes }) => at + (bytes?.length ?? 0))
  let length = contents.length
  const result = Buffer.alloc(Math.max(length, ...ends))
  contents.copy(result)
  for (const { at, bytes } of writes) {
    bytes?.copy(result, at)
    if (!bytes) result.fill(0, Math.min(at, length))
    length = bytes ? Math.max(length, at + bytes.length) : at
  }
  return result.subarray(0, length)
}

/** All of it, nothing, or some of its sectors. */
function whatSurvives({ at, bytes }: Write, random: Random): Write[] {
  const chance = random.fraction()
  if (chance < 0.4) return []
  if (chance < 0.8 || !bytes) return [{ at, bytes }]
  const sectors: Write[] = []
  let from = 0
  while (from < bytes.length) {
    const to = Math.min(bytes.length, from + SECTOR - ((at + from) % SECTOR))
    if (random.fraction() < 0.5) sectors.push({ at: at + from, bytes: bytes.subarray(from, to) })
    from = to
  }
  return sectors
}
