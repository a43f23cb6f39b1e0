import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigError } from './config-error.ts'
import { environment } from './environment.ts'

/**
 * Has the public URL of a shop whose tunnel may get another one at any time, and then the number of the process that runs the
 * tunnel. PUBLIC_URL wins over it.
 */
export const PUBLIC_URL_FILE = 'data/public-url'

const READ_EVERY_MS = 1_000
const TEMPORARY = /(?:^|\.)trycloudflare\.com$/
const OWNER_ONLY = 0o600
const ABSENT = ['ENOENT', 'ENOTDIR']

/** Returns whether a URL is that of a quick tunnel, which gets another one whenever it starts. */
export function isTemporary(url: string): boolean {
  return URL.canParse(url) && TEMPORARY.test(new URL(url).hostname)
}

/** A file that is read at most once a second, and only when somebody wants to know. */
export interface FollowedFile {
  path: string
  now: () => number
  readAt: number
  url: string | undefined
}

/** Begins to follow the file. Throws a ConfigError if it holds anything else than a public URL. */
export function followFile(path: string, now: () => number = () => performance.now()): FollowedFile {
  return { path, now, readAt: now(), url: readUrl(path) }
}

/**
 * Returns what the file says now. While it can't be read or is invalid, the last URL stays; without the file, or once the tunnel of
 * a temporary URL is gone, there is none.
 */
export function currentUrl(file: FollowedFile): string | undefined {
  const now = file.now()
  if (now - file.readAt < READ_EVERY_MS) return file.url
  file.readAt = now
  try {
    file.url = readUrl(file.path)
  } catch {
    // It was checked when the shop started, and is replaced as a whole, so this passes.
  }
  return file.url
}

/**
 * Replaces the file as a whole, so that a reader finds the old URL or the new one. Only its owner may read it. Throws a
 * ConfigError if it can't be written.
 */
export function writePublicUrl(url: string, path: string = PUBLIC_URL_FILE): void {
  const draft = `${path}.${process.pid}.new`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(draft, textOf(url), { mode: OWNER_ONLY })
    chmodSync(draft, OWNER_ONLY) // an older draft would have kept its own
    renameSync(draft, path)
  } catch (error) {
    throw new ConfigError(`${path} cannot be written: ${(error as Error).message}`, { cause: error })
  }
}

/** Removes the file, but not one that another program has written since. */
export function forgetPublicUrl(url: string, path: string = PUBLIC_URL_FILE): void {
  if (readText(path) === textOf(url)) rmSync(path, { force: true })
}

function textOf(url: string): string {
  return `${url}\n${process.pid}\n`
}

/** A temporary URL leads nowhere once its tunnel is gone, and a program that was killed could not remove the file. */
function readUrl(path: string): string | undefined {
  const text = readText(path)
  if (text === undefined) return undefined
  const [first = '', owner, ...more] = text.trim().split(/\r?\n/)
  const url = environment.shape.PUBLIC_URL.safeParse(first || 'empty').data
  if (url === undefined || more.length > 0)
    throw new ConfigError(
      `${path} must hold one https address without a path, like https://shop.example.org. Delete the file, or run: npm run live`,
    )
  return isTemporary(url) && !isRunning(owner) ? undefined : url
}

function isRunning(pid = ''): boolean {
  try {
    return Number(pid) > 0 && process.kill(Number(pid), 0) // 0 only asks
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // it is another user's
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (ABSENT.includes(String((error as NodeJS.ErrnoException).code))) return undefined
    throw new ConfigError(`${path} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
