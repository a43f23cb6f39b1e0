import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { isIgnored, readIgnored } from '../container/dockerfile.ts'
import { aFolder } from '../support/workplace.ts'

// What a merchant may sell, in folders whose names mean something else at the top
const GOODS = ['data/rates.csv', 'dist/tool.js', 'built/plan.pdf', 'coverage/map.pdf', 'night.log'].map(
  (file) => `catalog/files/${file}`,
)

function aProject(): { folder: string; notIgnored: () => string[] } {
  const folder = aFolder()
  cpSync('.gitignore', join(folder, '.gitignore'))
  spawnSync('git', ['init', '--quiet'], { cwd: folder })
  const list = ['ls-files', '--others', '--exclude-per-directory=.gitignore']
  const notIgnored = () =>
    spawnSync('git', list, { cwd: folder, encoding: 'utf8' }).stdout.trim().split('\n').toSorted()
  return { folder, notIgnored }
}

test('git ignores data/ also where it is a link', () => {
  const { folder, notIgnored } = aProject()
  symlinkSync('/var/lib/nickel', join(folder, 'data'))
  expect(notIgnored()).toEqual(['.gitignore'])
})

test.each([
  '.env',
  '.env.before-live',
  'coverage/lcov.info',
  'data/sandbox.db',
  'dist/server.js',
  'npm-debug.log',
  'public/built/a.js',
  'sandbox/frames/built/a.js',
])('git ignores %s', (path) => {
  const { folder, notIgnored } = aProject()
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), 'x')
  expect(notIgnored()).toEqual(['.gitignore'])
})

test('what is for sale is in git and in the image, whatever its folder is called', () => {
  const { folder, notIgnored } = aProject()
  const ignored = readIgnored('.dockerignore')
  for (const path of GOODS) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), 'x')
    const parents = path.split('/').map((_name, place, names) => names.slice(0, place + 1).join('/'))
    expect([path, parents.filter((one) => isIgnored(ignored, one))]).toEqual([path, []])
  }
  expect(notIgnored()).toEqual(['.gitignore', ...GOODS].toSorted())
})
