import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { giveToOwnerOf, isIntactSqlite, makeFolder, syncFolder } from '../../db/index.ts'
import type { Manifest } from './manifest.ts'
import { SANDBOX_FILES, SANDBOX_KEY, SANDBOX_STATE } from './sandbox-files.ts'

/** `kept`: the one here is the same, and knows more. `aside`: where the former one is now, if there was another. */
export interface Placed {
  kept: boolean
  aside: string | undefined
}

/**
 * Puts the sandbox's key and state in place. A sandbox with the same key stays as it is: it stands for Code, which forgets nothing.
 * Another one, or one that is damaged, is set aside.
 */
export async function placeSandbox(
  content: string,
  { files }: Manifest,
  folder: string,
  now: number,
): Promise<Placed | undefined> {
  const names = files.map(({ name }) => name)
  const found = SANDBOX_FILES.filter(({ packed }) => names.includes(packed))
  if (found.length === 0) return undefined
  if (await isSame(content, folder)) return { kept: true, aside: undefined }
  // Beside its place: the copy may be on another disk, and nothing can be renamed across disks.
  const ready = `${folder}-restoring`
  rmSync(ready, { recursive: true, force: true })
  await makeFolder(ready)
  for (const { name, packed } of found) {
    copyDurably(join(content, packed), join(ready, name))
    await giveToOwnerOf(ready, join(ready, name))
  }
  await syncFolder(ready)
  const aside = existsSync(folder)
    ? `${folder}-before-restore-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`
    : undefined
  if (aside !== undefined) renameSync(folder, aside)
  renameSync(ready, folder)
  await syncFolder(dirname(folder))
  return { kept: false, aside }
}

function copyDurably(from: string, to: string): void {
  copyFileSync(from, to)
  chmodSync(to, 0o600)
  const handle = openSync(to, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

/** Whether the sandbox here has the backup's key, and is intact. */
async function isSame(content: string, folder: string): Promise<boolean> {
  const [here, backup] = [folder, join(content, dirname(SANDBOX_FILES[0]?.packed ?? ''))].map((place) =>
    readIfThere(join(place, SANDBOX_KEY)),
  )
  return here !== undefined && here === backup && (await isIntactSqlite(join(folder, SANDBOX_STATE)))
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
