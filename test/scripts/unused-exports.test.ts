import { expect, test } from '@jest/globals'
import { findUnusedReexports } from '../../scripts/support/unused-exports.js'

const ENTRY = `export { one, type Two } from './parts.ts'`

/** What the check finds in an entry point with these users. */
function find(users: Record<string, string>, entry = ENTRY): string[] {
  return findUnusedReexports(new Map(Object.entries({ 'web/index.ts': entry, ...users })))
}

test('what an entry point exports from another file and nobody imports is named', () => {
  const users = {
    'web/other.ts': `import { one } from './parts.ts'`,
    'app.ts': `import type { Two } from './web/index.ts'`,
  }
  expect(find(users)).toEqual(['web/index.ts exports one of web/parts.ts, which nothing imports from there.'])
})

test.each([
  ['by name', `import { one, type Two as Second } from './web/index.ts'`],
  ['as the members of a whole', `import * as web from './web/index.ts'\nconst first: web.Two = web.one()`],
  [
    'while it runs, or in a comment',
    `const { one } = await import('./web/index.ts')\n/** @type {import('./web/index.ts').Two} */`,
  ],
])('what is imported %s is not', (_how, text) => {
  expect(find({ 'app.ts': text })).toEqual([])
})

test('types are, also where a whole is passed on', () => {
  expect(find({ 'app.ts': `import * as web from './web/index.ts'\nbind(web)` })).toEqual([
    expect.stringContaining('exports Two'),
  ])
})

test.each([
  ['all names', `export * from './inner/index.ts'`],
  ['some names', `export { one, type Two } from './inner/index.ts'`],
])('names are followed through an entry point that passes %s on', (_what, entry) => {
  const inner = { 'web/inner/index.ts': ENTRY }
  expect(find({ ...inner, 'app.ts': `import { one, type Two } from './web/index.ts'` }, entry)).toEqual([])
  expect(find({ ...inner, 'app.ts': `import { one } from './web/index.ts'` }, entry)).toContain(
    'web/inner/index.ts exports Two of web/inner/parts.ts, which nothing imports from there.',
  )
})
