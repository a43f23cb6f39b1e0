import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { declarationsIn } from './functions.js'

const LINK = /\[`(\w+)`\]\(([^)#]+)\)/g
const OTHER_LINK = /\[(?!`\w+`\])[^\]]*\]\(([^)#]*\.(?:ts|js))\)/g

/**
 * A function or statement on the way of a payment: `path` from the project's root, and its non-blank lines with its comment.
 * @typedef {{ name: string, path: string, lines: number }} Stop
 */

/**
 * Follows the links of a document to the functions that they name. Throws an Error that lists those that aren't there, and links to code
 * that name none: what is read there would not be counted.
 * @param {string} document a path from the project's root
 * @returns {Stop[]}
 */
export function followReading(document) {
  const text = readFileSync(document, 'utf8')
  const links = [...text.matchAll(LINK)]
  const stops = links.map(([, name = '', href = '']) => {
    const path = posix.join(posix.dirname(document), href)
    return { name, path, lines: linesOf(path, name) }
  })
  const missing = stops.filter(({ lines }) => lines === 0)
  const faults = [
    ...missing.map(({ name, path }) => `${document} leads to ${name}, which is not in ${path}`),
    ...[...text.matchAll(OTHER_LINK)].map(([link]) => `${document} names no function in ${link}`),
  ]
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return stops
}

/** @param {string} path @param {string} name */
function linesOf(path, name) {
  const declaration = declarationsIn(path).get(name)
  if (!declaration) return 0
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .slice(declaration.from - 1, declaration.end)
  return lines.filter((line) => line.trim() !== '').length
}

/**
 * Sums up the stops of one folder.
 * @param {readonly Stop[]} stops
 * @param {string} folder
 */
export function sumUp(stops, folder) {
  const inside = stops.filter(({ path }) => path.startsWith(folder))
  return {
    lines: inside.reduce((sum, { lines }) => sum + lines, 0),
    files: [...new Set(inside.map(({ path }) => path))],
    /** How often the reader goes from one file to another: once for each, if each is opened once */
    openings: inside.filter(({ path }, index) => path !== inside[index - 1]?.path).length,
  }
}
