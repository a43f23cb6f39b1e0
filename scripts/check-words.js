import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isRenamed } from './support/own-project.js'

const GLOSSARY = 'docs/glossary.md'
const THIS_FILE = 'scripts/check-words.js'

/** Files, and folders with all that is in them. */
const CHECKED = [
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs',
  'findings',
  '.env.example',
  'better-sqlite3',
  'bench',
  'db/database.ts',
  'db/engines',
  'db/index.ts',
  'db/queries',
  'db/schema.sql',
  'money',
  'public',
  'sandbox',
  'scripts',
  'server',
  'test',
  'views',
]
/** Once the project is renamed, a merchant writes these in words of their own. */
const MERCHANTS = ['README.md', 'CHANGELOG.md', 'catalog']
/** The shop and the sandbox in other languages than English, and the lists of their codes, of which one is "he". */
const TRANSLATIONS = /^(?:server|sandbox)\/texts\/(?!en\.ts$)(?:[a-z]{2,3}|index)\.ts$/
const TEXT = /\.(md|ts|js|csv|eta|sql|css|sh)$/

/**
 * Where a word is right although the glossary avoids it.
 * @type {Record<string, string[]>}
 */
const ALLOWED = {
  'docs/sandbox.md': ['troubles', 'conversations'], // former addresses that still work
  'public/styles/base.css': ['he'], // Hebrew
  'sandbox/faults/routes.ts': ['troubles'],
  'sandbox/trace/routes.ts': ['conversations'],
  'sandbox/state/open-state.ts': ['conversation', 'conversations'], // former names of tables
  'test/sandbox/access.test.ts': ['troubles', 'conversations'],
  'test/sandbox/faults.test.ts': ['troubles'],
  'test/sandbox/state.test.ts': ['conversation', 'conversations'],
  'test/sandbox/trace.test.ts': ['conversations'],
  'test/scripts/check-words.test.ts': ['shop window', 'log of writes', 'door', 'his', 'he'],
  'sandbox/wallet/users.ts': ['pretended'], // part of a seed, from which published keys are derived
}

/**
 * The words that the glossary avoids, as patterns: those set as code in the last column of its tables.
 * @param {string} glossary
 */
export function avoidedWords(glossary) {
  const rows = glossary.split('\n').filter((line) => line.startsWith('|'))
  const cells = rows.map((row) => row.split('|').at(-2) ?? '')
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word))
}

const PART = '\\p{L}\\p{M}\\p{N}_-' // of a word

/**
 * Each use of one of the words, with its line. A phrase is found across the end of a line, in comments as well.
 * @param {string} text
 * @param {readonly string[]} words
 */
export function findWords(text, words) {
  return words.flatMap((word) => {
    const pattern = new RegExp(`(?<![${PART}])${word.replaceAll(' ', '[\\s/*#]+')}(?![${PART}])`, 'giu')
    const found = [...text.matchAll(pattern)]
    return found.map(({ index }) => ({ word, line: text.slice(0, index).split('\n').length }))
  })
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesAt(path) {
  if (statSync(path).isFile()) return [path]
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => TEXT.test(name))
  return files
    .map((name) => join(path, name).replaceAll(sep, '/')) // as the names above are written
    .filter((file) => !/\/(built|node_modules)\//.test(file) && !TRANSLATIONS.test(file))
}

function checkWords() {
  const words = avoidedWords(readFileSync(GLOSSARY, 'utf8'))
  const checked = isRenamed() ? CHECKED : [...MERCHANTS, ...CHECKED]
  const files = checked.flatMap(filesAt).filter((file) => file !== GLOSSARY && file !== THIS_FILE)
  const complaints = files.flatMap((file) =>
    findWords(readFileSync(file, 'utf8'), words)
      .filter(({ word }) => !ALLOWED[file]?.includes(word))
      .map(({ word, line }) => `${file}:${line}: avoid “${word}”`),
  )
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`)
  if (complaints.length > 0) {
    process.stderr.write(`What to say instead: ${GLOSSARY}\n`)
    process.exitCode = 1
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) checkWords()
