import { posix } from 'node:path'
import { parse } from '@babel/parser'

const VALUES = '* values' // somebody has imported the file as a whole: everything but its types may be used
const DYNAMIC = /import\(\s*'([^']+)'\s*\)(?:\.(\w+))?/g // in comments as well, for types

/**
 * A name that a file exports from another one, where it may have another `local` name; `*` stands for all names.
 * @typedef {{ file: string, name: string, from: string, local: string, isType: boolean }} Reexport
 */

/**
 * Finds what an entry point exports from another file, and nobody imports from there.
 *
 * @param {Map<string, string>} texts of all source files, by their path from the root
 * @returns {string[]} a sentence for each
 */
export function findUnusedReexports(texts) {
  const files = [...texts].map(([file, text]) => ({ file, text, statements: statementsOf(text) }))
  const used = new Set(files.flatMap(importsOf))
  const reexports = files.flatMap(reexportsOf)
  while (reexports.some((one) => passOn(one, used)));
  return reexports
    .filter((one) => one.name !== '*' && !isUsed(one, used))
    .map(({ file, name, from }) => `${file} exports ${name} of ${from}, which nothing imports from there.`)
}

/** @param {string} text @returns {any[]} */
function statementsOf(text) {
  return parse(text, { sourceType: 'module', plugins: ['typescript'] }).program.body
}

/** @param {{ file: string, text: string, statements: any[] }} source @returns {string[]} file and name of each import */
function importsOf({ file, text, statements }) {
  const dynamic = [...text.matchAll(DYNAMIC)].map(([, to = '', name = VALUES]) =>
    keyOf(resolve(file, to), name),
  )
  const declared = statements
    .filter(({ type }) => type === 'ImportDeclaration')
    .flatMap(({ source, specifiers, end }) =>
      specifiers.flatMap((/** @type {any} */ specifier) =>
        namesOf(specifier, text.slice(end)).map((name) => keyOf(resolve(file, source.value), name)),
      ),
    )
  return [...dynamic, ...declared]
}

/** @param {any} specifier @param {string} rest of the file @returns {string[]} which names it imports */
function namesOf({ type, imported, local }, rest) {
  if (type === 'ImportSpecifier') return [imported.name]
  if (type === 'ImportDefaultSpecifier') return ['default']
  const uses = rest.matchAll(new RegExp(`\\b${local.name}\\b(?:\\.(\\w+))?`, 'g'))
  return [...uses].map(([, name = VALUES]) => name)
}

/** @param {{ file: string, statements: any[] }} source @returns {Reexport[]} */
function reexportsOf({ file, statements }) {
  return statements.flatMap(({ type, source, specifiers, exportKind }) => {
    if (!source || !type.startsWith('Export')) return []
    const from = resolve(file, source.value)
    if (type === 'ExportAllDeclaration') return [{ file, name: '*', from, local: '*', isType: false }]
    return specifiers.map((/** @type {any} */ { exported, local, exportKind: kind }) => ({
      file,
      name: exported.name,
      from,
      local: local.name,
      isType: [kind, exportKind].includes('type'),
    }))
  })
}

/** Notes what is used of the file that a name comes from. @param {Reexport} one @param {Set<string>} used @returns {boolean} whether that is new */
function passOn(one, used) {
  const before = used.size
  const start = keyOf(one.file, '')
  if (one.name !== '*' && isUsed(one, used)) used.add(keyOf(one.from, one.local))
  if (one.name === '*')
    for (const key of used) if (key.startsWith(start)) used.add(keyOf(one.from, key.slice(start.length)))
  return used.size > before
}

/** @param {Reexport} one @param {Set<string>} used */
function isUsed({ file, name, isType }, used) {
  return used.has(keyOf(file, name)) || (!isType && used.has(keyOf(file, VALUES)))
}

/** @param {string} file @param {string} name */
function keyOf(file, name) {
  return `${file} ${name}`
}

/** @param {string} file @param {string} target */
function resolve(file, target) {
  return target.startsWith('.') ? posix.join(posix.dirname(file), target) : target
}
