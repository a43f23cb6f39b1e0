import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { readImports } from '../../scripts/check-imports.js'
import { findTestsOfOwnProject } from '../support/own-project-tests.js'

/** Whether the one test of a project is found, whose files have these texts and imports. */
function finds(files: Record<string, { text?: string; imports?: string[] }>): boolean {
  const imports = new Map(Object.entries(files).map(([file, { imports = [] }]) => [file, imports]))
  return findTestsOfOwnProject(imports, (file) => files[file]?.text ?? '').includes('test/a.test.ts')
}

describe('the tests that a renamed project repeats', () => {
  test.each(['README.md', 'CHANGELOG.md', 'LICENSE', 'package.json', 'package-lock.json', 'catalog/tea.md'])(
    'are those that name %s',
    (name) => {
      expect(finds({ 'test/a.test.ts': { text: `readFileSync('${name}')` } })).toBe(true)
    },
  )

  test.each(['node:child_process', 'node:worker_threads', 'server/start.ts', 'server/shop.ts'])(
    'are those that may read anything, with %s',
    (name) => {
      expect(finds({ 'test/a.test.ts': { imports: [name] } })).toBe(true)
    },
  )

  test('are those that run a program in the project’s folder, and not in one of their own', () => {
    const imports = ['test/support/process.ts']
    const text = (folder: string) => `run('server/commands/desk.ts', ${folder}, env)`
    expect(finds({ 'test/a.test.ts': { imports, text: text(`'.'`) } })).toBe(true)
    expect(finds({ 'test/a.test.ts': { imports, text: text(`resolve('.')`) } })).toBe(true)
    expect(finds({ 'test/a.test.ts': { imports, text: text('aFolder()') } })).toBe(false)
  })

  test('are those whose helpers do, however far away', () => {
    const file = { 'scripts/b.js': { imports: ['bench/c.ts'] }, 'bench/c.ts': { text: 'isOwn("README.md")' } }
    expect(finds({ 'test/a.test.ts': { imports: ['scripts/b.js'] }, ...file })).toBe(true)
    expect(finds({ 'test/a.test.ts': { imports: ['zod'] }, ...file })).toBe(false)
  })

  test('are not those with a catalogue of their own, or which name documents of other folders', () => {
    const text = `join(folder, 'catalog'); read('test/support/catalog/tea.md'); read('findings/README.md')`
    expect(finds({ 'test/a.test.ts': { text } })).toBe(false)
  })

  test('are, in this repository, those of documents and scripts, and few others', () => {
    const imports = readImports()
    const found = findTestsOfOwnProject(imports, (file) => readFileSync(file, 'utf8'))
    for (const name of ['docs', 'reading', 'dependencies', 'catalog/own-shop', 'scripts/rename', 'live/live'])
      expect(found).toContain(`test/${name}.test.ts`)
    const all = [...imports.keys()].filter((file) => file.endsWith('.test.ts'))
    expect(found.length).toBeLessThan(all.length / 6)
  })
})
