import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { findNodeProblem, findOutdatedPackages } from '../../server/checks/packages.js'
import { aFolder } from '../support/workplace.ts'

const PACKAGES = pathToFileURL(resolve('server/checks/packages.js')).href

const LOCK = {
  packages: {
    '': { dependencies: { express: '^5.3.0', driver: '*' }, devDependencies: { typescript: '^7.0.0' } },
    driver: { version: '13.2.0', optionalDependencies: { 'driver-12': '*' } },
    'node_modules/driver': { resolved: 'driver', link: true },
    'node_modules/express': { version: '5.3.1', dependencies: { accepts: '^2.0.0' } },
    'node_modules/typescript': { version: '7.0.2', dev: true },
    'node_modules/accepts': { version: '2.0.1' },
    'node_modules/express/node_modules/mime': { version: '3.0.0' },
    'node_modules/@swc/core-darwin': { version: '1.0.0', optional: true },
    'node_modules/a-peer': { version: '1.0.0', peer: true },
  },
}

/** A project with these packages installed, by name and version. */
function aProject(installed: Record<string, string>): string {
  const folder = aFolder()
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(LOCK))
  for (const [name, version] of Object.entries(installed)) {
    mkdirSync(join(folder, 'node_modules', name), { recursive: true })
    writeFileSync(join(folder, 'node_modules', name, 'package.json'), JSON.stringify({ version }))
  }
  return folder
}

const COMPLETE = { express: '5.3.1', driver: '13.2.0', typescript: '7.0.2' }

test('a project with the packages of its lockfile starts', () => {
  expect(findOutdatedPackages(aProject(COMPLETE), true)).toBeUndefined()
  expect(findOutdatedPackages('.', true)).toBeUndefined()
})

test.each([
  [{ express: '5.1.0' }, 'express is 5.1.0 instead of 5.3.1'],
  [{ driver: '12.11.1' }, 'driver is 12.11.1 instead of 13.2.0'], // from before it was a package of the project
  [{ typescript: '6.0.1' }, 'typescript is 6.0.1 instead of 7.0.2'],
])('with %j, as after an update without npm ci, the start says what to run', (changes, what) => {
  expect(findOutdatedPackages(aProject({ ...COMPLETE, ...changes }), true)).toEqual({
    meaning: `The installed packages are not the ones that this version needs: ${what}.`,
    todo: 'Run npm ci, then try again.',
  })
})

test('a package that is not installed is named', () => {
  const folder = aProject(COMPLETE)
  rmSync(join(folder, 'node_modules/express'), { recursive: true })
  expect(findOutdatedPackages(folder, true)?.meaning).toContain(': express is missing.')
})

test('the tools are needed only for a build', () => {
  const folder = aProject(COMPLETE)
  rmSync(join(folder, 'node_modules/typescript'), { recursive: true })
  expect(findOutdatedPackages(folder, false)).toBeUndefined()
  expect(findOutdatedPackages(folder, true)).toMatchObject({
    meaning: expect.stringContaining('typescript is missing'),
    todo: expect.stringContaining('run npm ci --include=dev'), // npm ci would leave them out again in production
  })
})

test.each(['build', 'reading', 'test'])('npm run %s says so, too, instead of a stack trace', (script) => {
  const folder = aProject({ ...COMPLETE, express: '5.1.0' })
  cpSync('package.json', join(folder, 'package.json'))
  for (const file of ['scripts/check-packages.js', 'server/checks/packages.js'])
    cpSync(file, join(folder, file), { recursive: true })
  expect(spawnSync('npm', ['run', script], { cwd: folder, encoding: 'utf8' })).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^Cannot start\.\n.*express is 5\.1\.0 instead of 5\.3\.1\. Run npm ci, /),
  })
})

test('a Node outside of those that the shop was made for is named, with those', () => {
  for (const version of ['20.19.0', '22.1.0', '26.9.9']) expect(findNodeProblem('.', version)).toBeUndefined()
  for (const version of ['18.20.4', '20.18.3', '27.0.0'])
    expect(findNodeProblem('.', version)?.meaning).toBe(
      `The shop was not made for Node ${version}, but for 20.19 up to 26.`,
    )
})

test('a start with such a Node says so, and nothing about packages that npm has left out for it', () => {
  const folder = aProject({})
  writeFileSync(join(folder, 'package.json'), '{"engines":{"node":">=99.1 <101"}}')
  const program = `import { checkPackages } from ${JSON.stringify(PACKAGES)}; checkPackages({ withTools: false })`
  const args = ['--input-type=module', '--eval', program]
  expect(spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /^Cannot start\.\nThe shop was not made for Node .*, but for 99\.1 up to 100\. .*\n$/,
    ),
  })
})

describe('packages that others depend on', () => {
  const RECORD = {
    driver: { version: '13.2.0' },
    'node_modules/driver': { resolved: 'driver', link: true },
    'node_modules/express': { version: '5.3.1', license: 'MIT' },
    'node_modules/typescript': { version: '7.0.2', dev: true, extraneous: true },
    'node_modules/accepts': { version: '2.0.1', peer: true },
    'node_modules/express/node_modules/mime': { version: '3.0.0' },
    'node_modules/somebodys-own': { version: '9.9.9' },
  }

  function installedAs(record: Record<string, object>): string {
    const folder = aProject(COMPLETE)
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: record }))
    return folder
  }

  test('have their versions, whatever else npm records, and without those for other systems', () => {
    expect(findOutdatedPackages(installedAs(RECORD), true)).toBeUndefined()
  })

  test('are named when they are older or missing', () => {
    const { 'node_modules/accepts': _, ...missing } = RECORD
    expect(findOutdatedPackages(installedAs(missing), false)?.meaning).toContain(': accepts is missing.')
    const older = { ...RECORD, 'node_modules/express/node_modules/mime': { version: '2.9.9' } }
    expect(findOutdatedPackages(installedAs(older), false)?.meaning).toContain(
      ': mime is 2.9.9 instead of 3.0.0.',
    )
  })

  test('are not needed for the tools of a shop that is built', () => {
    const { 'node_modules/typescript': _, ...production } = RECORD
    const folder = installedAs(production)
    rmSync(join(folder, 'node_modules/typescript'), { recursive: true })
    expect(findOutdatedPackages(folder, false)).toBeUndefined()
    expect(findOutdatedPackages(folder, true)?.meaning).toContain('typescript is missing.')
  })
})
