import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { aFolder } from '../support/workplace.ts'

const isNode20 = process.versions.node.startsWith('20.')
const ours = isNode20 ? 'better-sqlite3-12' : 'better-sqlite3-13'
const other = isNode20 ? 'better-sqlite3-13' : 'better-sqlite3-12'
const missing = isNode20
  ? /^better-sqlite3 12 is not installed\. On Node 20, npm compiles it.* Python and a C\+\+ compiler/
  : /^better-sqlite3 13 is not installed\. Run npm install with this version of Node/

test('SQLite is the one of the version that runs on this Node', () => {
  expect(readVersion('node_modules/better-sqlite3')).toBe(
    JSON.parse(readFileSync('package-lock.json', 'utf8')).packages['node_modules/better-sqlite3-13'].version,
  )
  const database = new Sqlite(':memory:')
  expect(database.prepare('SELECT 1 + 1').pluck().get()).toBe(2)
  database.close()
  expect(readVersion(`node_modules/${ours}`)).toMatch(isNode20 ? /^12\./ : /^13\./)
})

test('the other version is not installed, so that nobody compiles it for nothing', () => {
  expect([ours, other].map((name) => existsSync(`node_modules/${name}`))).toEqual([true, false])
})

test('if it is missing, the message says what to install', () => {
  const folder = aFolder()
  cpSync('better-sqlite3/index.js', join(folder, 'index.js'))
  mkdirSync(join(folder, 'node_modules', other), { recursive: true })
  writeFileSync(join(folder, 'node_modules', other, 'index.js'), '')
  const load = "try { require('./index.js') } catch (error) { console.log(error.message) }"
  expect(execFileSync(process.execPath, ['-e', load], { cwd: folder, encoding: 'utf8' })).toMatch(missing)
})

test.each([
  [false, 'rebuild', ''],
  [false, 'rebuild --release', 'npm: rebuild --release'], // asked for, on a platform without a prebuilt binary
  [true, 'rebuild', 'npm: rebuild'],
])('node-gyp is left out only where a package says so: %s, %s', (gypfile, args, output) => {
  const folder = aFolder()
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ gypfile }))
  writeFileSync(join(folder, 'npms.js'), "console.log('npm:', process.argv.slice(2).join(' '))")
  const program = resolve('better-sqlite3/node-22/node-gyp.js')
  const env = { ...process.env, npm_config_node_gyp: join(folder, 'npms.js') }
  expect(
    execFileSync(process.execPath, [program, ...args.split(' ')], {
      cwd: folder,
      env,
      encoding: 'utf8',
    }).trim(),
  ).toBe(output)
})

function readVersion(folder: string): string {
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).version
}
