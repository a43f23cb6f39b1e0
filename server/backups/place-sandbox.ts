import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isIntactSqlite, syncFolder } from '../../db/index.ts'
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
  const ready = join(content, 'sandbox-to-be')
  mkdirSync(ready, { mode: 0o700 })
  for (const { name, packed } of found) {
    renameSync(join(content, packed), join(ready, name))
    chmodSync(join(ready, name), 0o600)
  }
  await syncFolder(ready)
  const aside = existsSync(folder)
    ? `${folder}-before-restore-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`
    : undefined
  if (aside !== undefined) renameSync(folder, aside)
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 })
  renameSync(ready, folder)
  await syncFolder(dirname(folder))
  return { kept: false, aside }
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
