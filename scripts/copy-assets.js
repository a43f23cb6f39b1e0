import { cp } from 'node:fs/promises'
import { basename, join } from 'node:path'

// Files that are not TypeScript are copied, so that `new URL('../views', import.meta.url)` finds the same thing
// beside the source and beside the built file.
const FOLDERS = ['views', 'db', 'sandbox']

/**
 * Copies what the built programs read, without the files that systems and editors leave behind.
 * @param {string} from the project
 * @param {string} to
 */
export async function copyAssets(from, to, folders = FOLDERS) {
  for (const folder of folders)
    await cp(join(from, folder), join(to, folder), {
      recursive: true,
      filter: (path) => !/\.ts$|\.md$|^(tsconfig|package)\.json$|^build\.js$|^\.|~$/.test(basename(path)),
    })
}
