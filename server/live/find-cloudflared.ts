import { execFile } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { SECOND_MS } from '../time.ts'
import { LiveError } from './live-error.ts'

const VERSION_DEADLINE_MS = 10 * SECOND_MS

// One line for each system. It isn't downloaded here: a program with access to everything must come from where you trust it.
const HOW_TO_GET: [system: string, how: string][] = [
  ['macOS', 'brew install cloudflared'],
  [
    'Debian, Ubuntu, Fedora, RHEL',
    'add the repository at https://pkg.cloudflare.com, then install cloudflared with apt or dnf',
  ],
  ['Arch', 'pacman -S cloudflared'],
  ['FreeBSD', 'pkg install cloudflared'],
  ['Windows', 'winget install --id Cloudflare.cloudflared'],
  ['others', 'https://developers.cloudflare.com/tunnel/downloads/'],
]

/** A program that runs tunnels. */
export interface Cloudflared {
  path: string
  version: string
}

/** Finds the program on the PATH. Throws a LiveError that says how to get it, or why it doesn't run. */
export async function findCloudflared(env: NodeJS.ProcessEnv): Promise<Cloudflared> {
  const path = findOnPath(env)
  if (path === undefined) throw new LiveError(describeMissing())
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: VERSION_DEADLINE_MS })
    return { path, version: /version (\S+)/.exec(stdout)?.[1] ?? 'unknown' }
  } catch (cause) {
    throw new LiveError(
      `${path} doesn’t run: ${(cause as Error).message.trim()}. Install cloudflared again. Nothing was changed.`,
      { cause },
    )
  }
}

function findOnPath({ PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const name = process.platform === 'win32' ? 'cloudflared.exe' : 'cloudflared'
  return PATH.split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function describeMissing(): string {
  const width = Math.max(...HOW_TO_GET.map(([system]) => system.length))
  const lines = HOW_TO_GET.map(([system, how]) => `  ${system.padEnd(width)}  ${how}`)
  return `The tunnel needs cloudflared, which isn’t installed on this machine. Get it, then run this again:\n\n${lines.join('\n')}\n\nNothing was changed.`
}
