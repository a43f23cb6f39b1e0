import { existsSync, readFileSync } from 'node:fs'

/** What package.json is called until `npm run rename`. */
export const FORMER_NAME = 'nickel'

/** Tells whether the project has become a merchant's own, whose README, CHANGELOG and catalogue are written by them. */
export function isRenamed(folder = '.') {
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).name !== FORMER_NAME
}

const SAMPLE = 'catalog/how-this-shop-works.md'

/**
 * Ends the process with a sentence if the sample that the bench and the screenshots show has been removed.
 *
 * @param {string} purpose what needs it
 */
export function requireSample(purpose) {
  if (existsSync(SAMPLE)) return
  process.stderr.write(
    `${purpose} with ${SAMPLE}, one of Nickel’s samples, which isn’t there any more. To have it for a while:
  git restore --source "$(git log --diff-filter=D --format=%H -1 -- ${SAMPLE})~" ${SAMPLE} catalog/pictures/how-this-shop-works.webp
`,
  )
  process.exit(1)
}
