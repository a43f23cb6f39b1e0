import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { spawnOwned } from '../cleanup.ts'

/** Links the packages of this tree if both have the same lock file. Otherwise installs those of the commit. */
export async function installPackages(folder: string, progress: (text: string) => void): Promise<void> {
  const [ours, theirs] = ['.', folder].map((tree) => readFileSync(join(tree, 'package-lock.json'), 'utf8'))
  if (ours !== theirs) {
    progress('installing its packages')
    return runIn(folder, 'npm', ['ci', '--no-audit', '--no-fund'])
  }
  progress('linking the packages of this tree: the lock files are the same')
  for (const packages of packageFolders(ours as string).filter(existsSync))
    linkTree(packages, join(folder, packages))
}

/** Returns `node_modules`, and the ones that workspaces have to themselves. */
function packageFolders(lockFile: string): string[] {
  const paths = Object.keys((JSON.parse(lockFile) as { packages: object }).packages)
  const folders = paths.flatMap((path) => /^(?:(?!node_modules).)*node_modules/.exec(path) ?? [])
  return [...new Set(folders)]
}

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else linkOrCopy(source, target)
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch {
    copyFileSync(source, target) // this file system has no hard links
  }
}

/** Returns the environment without npm's own variables: those of this project would mislead npm in the other. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD)/i.test(name)))
}

/** Runs a program in a folder; its output goes to standard error. Throws if it fails. */
export async function runIn(cwd: string, command: string, args: readonly string[]): Promise<void> {
  const child = spawnOwned(command, args, { cwd, env: cleanEnvironment(), stdio: ['ignore', 2, 2] })
  const code = await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject))
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code} in ${cwd}`)
}
