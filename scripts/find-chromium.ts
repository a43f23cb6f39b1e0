import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

// The first is the same browser without windows, which takes a fifth less processor time in the tests.
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
]
const MACOS = ['Google Chrome', 'Chromium'].flatMap((name) =>
  ['/Applications', `${process.env.HOME}/Applications`].map(
    (folder) => `${folder}/${name}.app/Contents/MacOS/${name}`,
  ),
)
const WINDOWS = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].map(
  (folder) => `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
)
const LINUX = ['/snap/bin/chromium', '/opt/google/chrome/chrome']

/**
 * Returns the path of this machine's Chromium or Chrome: CHROME_PATH, one on the PATH, or one where installers put it.
 * Returns undefined if there is none.
 */
export function findChromium(): string | undefined {
  const { CHROME_PATH, PATH = '' } = process.env
  if (CHROME_PATH) return CHROME_PATH // used even if it is wrong, so that the mistake is noticed
  const onPath = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...onPath, ...LINUX, ...MACOS, ...WINDOWS].find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
