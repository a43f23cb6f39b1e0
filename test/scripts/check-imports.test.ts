import { describe, expect, test } from '@jest/globals'
import { findBadImports, readImports } from '../../scripts/check-imports.js'

/** What the check says of one import, both of whose files are there. */
function judge(from: string, to: string): string[] {
  return findBadImports(
    new Map([
      [from, [to]],
      [to, []],
    ]),
  )
}

describe('the check of imports', () => {
  test('finds nothing wrong in this repository', () => {
    const imports = readImports()
    expect(imports.size).toBeGreaterThan(200)
    expect(findBadImports(imports)).toEqual([])
  })

  test.each([
    ['downwards', 'server/start.ts', 'server/app.ts'],
    ['within a folder', 'server/web/errors.ts', 'server/web/problems.ts'],
    ['from another folder’s entry point', 'server/app.ts', 'server/web/index.ts'],
    ['what only the build needs', 'scripts/build.js', 'sandbox/build.js'],
    ['by a test, from anywhere', 'test/scripts/check-imports.test.ts', 'server/web/errors.ts'],
  ])('allows an import %s', (_, from, to) => {
    expect(judge(from, to)).toEqual([])
  })

  test.each([
    ['upwards', 'server/web/errors.ts', 'server/app.ts', 'is not below'],
    [
      'of the other engine',
      'db/engines/sqlite/index.ts',
      'db/engines/postgres/index.ts',
      'db/engines/postgres is not below',
    ],
    ['past an entry point', 'server/app.ts', 'server/web/errors.ts', 'use server/web/index.ts'],
    ['of the sandbox, where the shop answers requests', 'server/app.ts', 'sandbox/index.ts', 'is not below'],
    ['of the shop, in the sandbox', 'sandbox/app.ts', 'server/time.ts', 'a package of its own'],
    ['of a test, in what is shipped', 'server/app.ts', 'test/support/until.ts', 'is not below'],
    ['of a test, in the bench', 'bench/main.ts', 'test/support/until.ts', 'is not below'],
    ['of a test, in a script', 'scripts/pay.ts', 'test/support/until.ts', 'is not below'],
    ['of a file without a layer', 'server/app.ts', 'server/new.ts', 'server/new.ts has no layer: add it'],
    ['of a module without a layer', 'server/app.ts', 'server/gifts/index.ts', 'server/gifts has no layer'],
    ['by a module without a layer', 'server/gifts/a/b.ts', 'server/app.ts', 'server/gifts has no layer'],
    ['of Code’s packages, in a page', 'server/web/errors.ts', '@code-wallet/client', 'only server/'],
    ['of PostgreSQL’s, in a query', 'db/index.ts', 'pg', 'only db/engines/postgres'],
    ['of Prometheus’s, to count with', 'server/tally.ts', 'prom-client', 'only server/metrics'],
  ])('finds an import %s', (_, from, to, says) => {
    const imports = new Map([[from, [to]]])
    if (to.includes('.ts')) imports.set(to, [])
    expect(findBadImports(imports)).toEqual([expect.stringContaining(says)])
  })

  test('names a module without a layer once, however much it imports', () => {
    const files = ['server/gifts/a.ts', 'server/gifts/b.ts', 'server/time.ts']
    expect(findBadImports(new Map(files.map((from) => [from, ['server/time.ts']])))).toEqual([
      'server/gifts has no layer: add it to LAYERS in scripts/check-imports.js.',
      'A circle: server/time.ts → server/time.ts.',
    ])
  })

  test('finds a circle of files', () => {
    const files = new Map([
      ['money/a.ts', ['money/b.ts']],
      ['money/b.ts', ['money/c.ts']],
      ['money/c.ts', ['money/a.ts']],
    ])
    expect(findBadImports(files)).toEqual(['A circle: money/a.ts → money/b.ts → money/c.ts → money/a.ts.'])
  })
})
