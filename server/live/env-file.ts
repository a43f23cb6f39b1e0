import {
  chownSync,
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { changeEnvText, decodeEnvFile, parseEnvText, type SettingChanges } from '../config/index.ts'
import { LiveError } from './live-error.ts'

const ENV = '.env'
/** The file as it was before the first change, and as it was before that was undone. */
export const BEFORE_LIVE = '.env.before-live'
export const AFTER_LIVE = '.env.after-live'

const NEW_FILE = '# The shop’s settings. .env.example explains all of them.\n'
const OWNER_ONLY = 0o600
const PERMISSIONS = 0o777
const GROUP = 0o070

export interface EnvFile {
  folder: string
  /** Undefined if there is no file */
  bytes: Buffer | undefined
  stats: Stats | undefined
  values: Record<string, string>
}

/** Reads .env. Throws a LiveError if it isn't a plain file, and a ConfigError if the strict reader rejects it. */
export function readEnvFile(folder = '.'): EnvFile {
  const path = join(folder, ENV)
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats && !stats.isFile())
    throw new LiveError(
      `${ENV} is ${stats.isSymbolicLink() ? 'a link' : 'not a plain file'}, so it isn’t changed here. Replace it with a file, or write the settings yourself: docs/going-live.md. Nothing was changed.`,
    )
  const bytes = stats && readFileSync(path)
  return { folder, bytes, stats, values: bytes ? parseEnvText(decodeEnvFile(bytes, ENV), ENV) : {} }
}

/** Writes the settings that differ. Returns their names; without any, nothing is written, and no copy is made. */
export function changeEnvFile(file: EnvFile, changes: SettingChanges): string[] {
  const different = Object.entries(changes).filter(([name, value]) => file.values[name] !== value)
  if (different.length === 0) return []
  const text = file.bytes ? decodeEnvFile(file.bytes, ENV) : NEW_FILE
  const changed = changeEnvText(text, Object.fromEntries(different), ENV)
  const [path, copy] = [join(file.folder, ENV), join(file.folder, BEFORE_LIVE)]
  if (!isUnchanged(file, path))
    throw new LiveError(`${ENV} was changed meanwhile. Nothing was changed: run this again.`)
  if (!existsSync(copy)) writeBeside(copy, file.bytes ?? Buffer.alloc(0))
  writeBeside(path, Buffer.from(changed), file.stats)
  return different.map(([name]) => name)
}

function isUnchanged({ bytes }: EnvFile, path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats) return bytes === undefined
  return stats.isFile() && bytes !== undefined && readFileSync(path).equals(bytes)
}

/** Brings back the file as it was before. What it is now stays in another file, since it may have later changes. */
export function undoEnvFile(folder = '.'): void {
  const [path, copy] = [join(folder, ENV), join(folder, BEFORE_LIVE)]
  const stats = lstatSync(copy, { throwIfNoEntry: false })
  if (!stats?.isFile())
    throw new LiveError(`There is nothing to undo: ${BEFORE_LIVE} is missing. Nothing was changed.`)
  const present = lstatSync(path, { throwIfNoEntry: false })
  if (present && !present.isFile())
    throw new LiveError(
      `${ENV} is not a plain file, so it isn’t replaced. Copy ${BEFORE_LIVE} there yourself. Nothing was changed.`,
    )
  if (present) writeBeside(join(folder, AFTER_LIVE), readFileSync(path)) // invalid or not: that may be why it is undone
  if (stats.size === 0) rmSync(path, { force: true })
  else writeBeside(path, readFileSync(copy), present)
  rmSync(copy)
}

/** Whether it isn't enough that a new file belongs to this user and their first group. */
function isShared({ uid, gid, mode }: Stats): boolean {
  return uid !== process.getuid?.() || (gid !== process.getgid?.() && (mode & GROUP) > 0)
}

/** Writes a file as a whole: after a crash, there is the old one or the new one. It keeps the owner and rights of `like`. */
function writeBeside(path: string, bytes: Buffer, like?: Stats): void {
  const draft = `${path}.${process.pid}.new`
  rmSync(draft, { force: true })
  try {
    const mode = like ? like.mode & PERMISSIONS : OWNER_ONLY
    const file = openSync(draft, 'wx', OWNER_ONLY)
    writeFileSync(file, bytes)
    fchmodSync(file, mode)
    fsyncSync(file)
    closeSync(file)
    if (like && isShared(like)) chownSync(draft, like.uid, like.gid)
    renameSync(draft, path)
  } catch (cause) {
    rmSync(draft, { force: true })
    throw new LiveError(
      `${basename(path)} can’t be written: ${(cause as Error).message}. ${ENV} is as it was.`,
      {
        cause,
      },
    )
  }
}
