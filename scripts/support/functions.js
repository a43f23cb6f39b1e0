import { readFileSync } from 'node:fs'
import { parse } from '@babel/parser'

/**
 * A function or constant of a source file. Lines are counted from 1; `from` is that of its comment.
 * @typedef {{ name: string, from: number, start: number, end: number }} Declaration
 *
 * A function somewhere in a source file. `isNested`: it is declared inside another function.
 * @typedef {{ name: string, lines: number, isNested: boolean }} CountedFunction
 *
 * @typedef {import('@babel/types').Node} Node
 */

/** @param {string} path */
function parseFile(path) {
  return parse(readFileSync(path, 'utf8'), {
    sourceType: 'module',
    plugins: ['typescript'],
    attachComment: true,
  })
}

/**
 * Finds the functions, constants and types at the top level of a file, by name.
 * @param {string} path
 * @returns {Map<string, Declaration>}
 */
export function declarationsIn(path) {
  /** @type {Map<string, Declaration>} */
  const found = new Map()
  for (const statement of parseFile(path).program.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement
    const start = statement.loc?.start.line ?? 0
    const comments = (statement.leadingComments ?? []).map(({ loc }) => loc)
    const end = statement.loc?.end.line ?? 0
    for (const name of namesOf(declaration))
      found.set(name, { name, from: startOfComment(comments, start), start, end })
  }
  return found
}

/** @param {Node} declaration @returns {string[]} */
function namesOf(declaration) {
  if (declaration.type === 'FunctionDeclaration') return declaration.id ? [declaration.id.name] : []
  if (declaration.type !== 'VariableDeclaration') return []
  return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []))
}

/**
 * The first line of the comments that stand directly above, without a blank line between.
 * @param {(import('@babel/types').SourceLocation | null | undefined)[]} comments
 * @param {number} start
 */
function startOfComment(comments, start) {
  let from = start
  for (const loc of comments.toReversed()) {
    if (!loc || loc.end.line !== from - 1) break
    from = loc.start.line
  }
  return from
}

/**
 * Lists the functions of a file: named ones, methods, arrows that a top-level constant names, and arrows with a body in
 * braces. A callback that is one expression is none.
 * @param {string} path
 * @returns {CountedFunction[]}
 */
export function functionsIn(path) {
  /** @type {CountedFunction[]} */
  const found = []
  visit(parseFile(path).program, undefined, false, found)
  return found
}

/**
 * @param {any} node
 * @param {any} parent
 * @param {boolean} isInside
 * @param {CountedFunction[]} found
 */
function visit(node, parent, isInside, found) {
  if (node === null || typeof node !== 'object') return
  if (Array.isArray(node)) {
    for (const child of node) visit(child, parent, isInside, found)
    return
  }
  if (typeof node.type !== 'string') return
  const isFunction = /Function|ObjectMethod|ClassMethod/.test(node.type) && node.body
  if (isFunction && isCounted(node, parent, isInside))
    found.push({
      name: node.id?.name ?? node.key?.name ?? parent?.id?.name ?? parent?.key?.name ?? '(arrow)',
      lines: node.loc.end.line - node.loc.start.line + 1,
      isNested: isInside,
    })
  for (const [key, child] of Object.entries(node))
    if (!/Comments$|^loc$|^extra$/.test(key)) visit(child, node, isInside || Boolean(isFunction), found)
}

/** @param {any} node @param {any} parent @param {boolean} isInside */
function isCounted(node, parent, isInside) {
  if (node.type !== 'ArrowFunctionExpression') return true
  return node.body.type === 'BlockStatement' || (!isInside && parent?.type === 'VariableDeclarator')
}
