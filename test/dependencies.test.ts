import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

interface Locked {
  version: string
  resolved?: string
  link?: boolean
  integrity?: string
  license?: string
  dev?: boolean
  devOptional?: boolean
  hasInstallScript?: boolean
}

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const manifest = readJson('package.json')
const sandboxManifest = readJson('sandbox/package.json')
const { packages } = readJson('package-lock.json') as { packages: Record<string, Locked> }
const { '': root, ...locked } = packages
const entries = Object.entries(locked).map(([path, one]) => ({
  path,
  name: path.replace(/^.*node_modules\//, ''),
  ...one,
}))
// Copied there, so they are neither links nor workspaces.
const COPIED = {
  'node_modules/@nickel/better-sqlite3-from-node-22': 'file:better-sqlite3/node-22',
  'node_modules/@nickel/better-sqlite3-on-node-20': 'file:better-sqlite3/node-20',
}
const ours = [...manifest.workspaces, ...Object.keys(COPIED)]
const isOurs = ({ path, link }: { path: string; link?: boolean }) => link || ours.includes(path)
const all = entries.filter((entry) => !isOurs(entry))
const production = all.filter(({ dev, devOptional }) => !dev && !devOptional)

// Licences that ask for no more than to be named; that of fonts only forbids selling them by themselves.
// biome-ignore format: several a line
const PERMISSIVE = [
  'MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0',
  'Unlicense', 'PSF-2.0', 'Python-2.0', 'WTFPL', 'OFL-1.1',
]
// Tools that are run here and never shipped: axe-core and lightningcss, and the data of caniuse-lite.
const FOR_TOOLS = [...PERMISSIVE, 'MPL-2.0', 'CC-BY-4.0', 'CC-BY-3.0']

/** Whether an SPDX expression can be met: one side of each OR, both of each AND. */
function isMet(expression: string, allowed: string[]): boolean {
  const plain = expression.replace(/[()]/g, '')
  return plain.split(' OR ').some((side) => side.split(' AND ').every((licence) => allowed.includes(licence)))
}

describe('the lockfile', () => {
  test('fixes every package by its content, and all come from the registry', () => {
    expect(all.filter(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([])
    expect(
      all.filter(({ resolved = '' }) => !/^(https:\/\/registry\.npmjs\.org\/|$)/.test(resolved)),
    ).toEqual([])
  })

  test('links to nothing but the packages of this repository', () => {
    const found = entries.filter(isOurs)
    expect(
      found
        .filter(({ link }) => link)
        .map(({ resolved }) => resolved)
        .sort(),
    ).toEqual(manifest.workspaces)
    expect(
      found
        .filter(({ link }) => !link)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(ours.sort())
    for (const [path, folder] of Object.entries(COPIED)) expect(packages[path]?.resolved).toBe(folder)
  })

  test('is that of package.json', () => {
    for (const kind of ['dependencies', 'devDependencies'])
      expect((root as unknown as Record<string, unknown>)[kind]).toEqual(manifest[kind])
  })
})

test('a package runs a script at its installation only if package.json allows it by name, or forbids it', () => {
  const scripted = new Set(all.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name))
  scripted.delete('fsevents') // macOS alone
  expect([...scripted].sort()).toEqual(Object.keys(manifest.allowScripts).sort())
})

describe('licences', () => {
  test('of what runs in the shop ask for no more than to be named', () => {
    expect(production.filter(({ license = 'none' }) => !isMet(license, PERMISSIVE))).toEqual([])
  })

  test('of the tools allow their use', () => {
    expect(all.filter(({ license = 'none' }) => !isMet(license, FOR_TOOLS))).toEqual([])
  })

  test('with other terms would be seen', () => {
    expect(isMet('GPL-3.0', PERMISSIVE)).toBe(false)
    expect(isMet('(MIT AND GPL-3.0)', PERMISSIVE)).toBe(false)
    expect(isMet('(MIT OR GPL-3.0)', PERMISSIVE)).toBe(true)
    expect(isMet('SEE LICENSE IN LICENSE', FOR_TOOLS)).toBe(false)
  })
})

test.each([
  ['shop', manifest],
  ['sandbox', sandboxManifest],
])('every package that the %s itself asks for is explained', (_, { dependencies }) => {
  const page = readFileSync('docs/decisions/011-dependencies.md', 'utf8')
  const others = Object.keys(dependencies).filter((name) => !name.startsWith('@nickel/'))
  expect(others.length).toBeGreaterThan(0)
  expect(others.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

describe('shop and sandbox', () => {
  // Built, both run from dist/, which finds packages only in the common node_modules/.
  test('share one version of each package', () => {
    expect(all.filter(({ path }) => !path.startsWith('node_modules/'))).toEqual([])
    const asked = { ...manifest.devDependencies, ...manifest.dependencies }
    const { dependencies, devDependencies } = sandboxManifest
    for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies }))
      if (name in asked) expect({ [name]: range }).toEqual({ [name]: asked[name] })
  })
})

// All packages, the tools marked as such: with --omit=dev, npm leaves out what the shop shares with a tool.
test('npm run sbom lists every package that runs in the shop, with its version', () => {
  const text = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  const { bomFormat, components } = JSON.parse(text)
  expect(bomFormat).toBe('CycloneDX')
  const listed = new Set(components.map(({ purl }: { purl: string }) => decodeURIComponent(purl)))
  const missing = production.filter(({ name, version }) => !listed.has(`pkg:npm/${name}@${version}`))
  expect(missing).toEqual([])
}, 60_000)

test('the repository has no database but those of a product, and the one that upgrades are tested with', () => {
  const { stdout } = spawnSync('git', ['ls-files'], { encoding: 'utf8' })
  const databases = stdout.split('\n').filter((file) => /\.(db|sqlite3?)(-\w+)?(\.gz)?$/.test(file))
  expect(databases.filter((file) => !/^(catalog|test\/db\/schema-4)\//.test(file))).toEqual([])
})
