import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { isRenamed } from '../../scripts/support/own-project.js'
import { SAMPLES } from '../../scripts/support/rename/samples.ts'
import { aShop } from '../support/shop.ts'
import { testUnless } from '../support/skipping.ts'
import { aFolder } from '../support/workplace.ts'

// Came with catalog/shop.yaml: whoever cloned the project before that had to edit the shop's own files.
const FIRST_WITH_IDENTITY = 'server/catalog/identity/index.ts'
const DOCUMENT = 'docs/updating.md'

/** New files of a merchant's, which no version of the shop has. */
const OURS: Record<string, string> = {
  'catalog/shop.yaml': 'name: Corner Library\nlogo: pictures/corner.svg\norder: [bread]\n',
  'catalog/bread.md':
    '---\ntitle: Bread\nprice: 0.25 usd\nkind: article\nsummary: How we bake it.\n---\nFlour, water, salt.\n\n<!-- more -->\n\nAnd time.\n',
  'catalog/pages/imprint.md': '---\ntitle: Imprint\n---\nCorner Library Ltd\n',
  'catalog/pictures/corner.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>\n',
  'public/styles/components/shelf.css': '.shelf {\n  display: grid;\n}\n',
  'views/pages/hours.eta': '<h1>Hours</h1>\n',
  'server/pages/hours.ts': 'export const hours = 9\n',
}

/** Edits in the shop's own files: in which file, what stood there, and what the merchant has made of it. */
const EDITS: [path: string, found: string, replaced: string][] = [
  ['catalog/how-this-shop-works.md', 'price: 0.25 usd', 'price: 0.10 usd'],
  ['views/layout.eta', '<title><%= it.title %> · Nickel</title>', '<title><%= it.title %> · Corner</title>'],
  ['views/catalog/offer.eta', '<p class="price">', '<p class="price shelf">'],
  ['views/checkout/cancel.eta', '</h1>', '</h1>\n<p>The corner stays open.</p>'],
  [
    'views/checkout/success.eta',
    '<p class="what"><%= it.paid',
    '<p>Thank you from the corner!</p>\n<p class="what"><%= it.paid',
  ],
  ['public/styles/tokens.css', '#1f5f4a', '#7a2e8e'],
  ['public/styles/components/cards.css', '.cards {', '.cards {\n  max-inline-size: 60rem;'],
  [
    'public/styles/index.css',
    "@import './components/notice.css';",
    "@import './components/shelf.css';\n@import './components/notice.css';",
  ],
  ['server/texts/en.ts', "title: 'Small things worth small money',", "title: 'Short reads from the corner',"],
  [
    'server/texts/en.ts',
    "none: 'You haven’t bought anything in this browser yet.",
    "none: 'Nothing here yet.",
  ],
  [
    'server/app.ts',
    "  app.use('/desk', deskRoutes(shop))",
    "  app.use('/hours', hoursRoutes(shop))\n  app.use('/desk', deskRoutes(shop))",
  ],
  ['package.json', '"name": "nickel"', '"name": "corner-library"'],
  ['README.md', '# Nickel', '# Corner Library'],
]

// Whatever the settings of this machine are
const SETTINGS = {
  'user.name': 'A merchant',
  'user.email': 'merchant@corner.example',
  'commit.gpgSign': 'false',
  'core.hooksPath': '/dev/null',
  'core.autocrlf': 'false',
}

const { commit: before, reason } = findVersionBefore(FIRST_WITH_IDENTITY)

describe('git alone brings a newer version', () => {
  if (before === undefined) {
    testUnless(reason)('as docs/updating.md says', () => undefined)
    return
  }

  test('under the catalogue, look and changes of a merchant who cloned the one before shop.yaml', async () => {
    const { folder, read } = mergedOver(before)
    // If a change on the way to the next version conflicts elsewhere: merchants would meet that conflict, too. Keep the old
    // lines if you can, and otherwise name the file in the document.
    const mayConflict = filesListedIn(DOCUMENT, 'What may conflict')
    const conflicts = git(folder, 'diff', '--name-only', '--diff-filter=U').split('\n').filter(Boolean)
    expect(conflicts.filter((path) => !mayConflict.includes(path))).toEqual([])

    for (const [path, text] of Object.entries(OURS)) expect([path, read(path)]).toEqual([path, text])
    for (const [path, , edit] of EDITS.filter(([path]) => !conflicts.includes(path)))
      expect([path, read(path).includes(edit)]).toEqual([path, true])
    const sold = join(folder, 'catalog')
    const { text } = await (await aShop({ catalogFolder: sold })).request().get('/').expect(200)
    for (const shown of ['Corner Library', 'Bread', '$0.10', '/pages/imprint']) expect(text).toContain(shown)
  })

  test('and shows what is new before that, also to merchants with a CHANGELOG of their own', () => {
    const [command = ''] = /^git diff .*CHANGELOG\.md/m.exec(readFileSync(DOCUMENT, 'utf8')) ?? []
    const folder = cloneOf(before)
    git(folder, 'update-ref', 'refs/remotes/nickel/main', newest())
    writeFileSync(join(folder, 'CHANGELOG.md'), '# Changelog of the corner\n')
    git(folder, 'commit', '--quiet', '--all', '--message', 'Begin a CHANGELOG of our own')
    const shown = git(folder, ...command.split(' ').slice(1))
    expect(shown).toMatch(/^\+.*catalog\/shop\.yaml/m)
    expect(shown).not.toContain('corner')
  })
})

describe('samples that the merchant doesn’t sell', () => {
  if (before === undefined) {
    testUnless(reason)('can be removed again', () => undefined)
    return
  }

  test('are listed before the merge, whether they are new or were removed before, and removed after it', () => {
    const text = readFileSync(DOCUMENT, 'utf8')
    const [list = ''] = /^git diff .*-- catalog(?= )/m.exec(text) ?? []
    const [, remove = ''] = /`git (rm .*)catalog\/.*`, and commit/.exec(text) ?? []
    const [removed, added] = ['catalog/how-this-shop-works.md', 'catalog/tea-for-the-author.md']
    const folder = cloneOf(before)
    git(folder, 'rm', '--quiet', removed)
    git(folder, 'commit', '--quiet', '--message', 'Sell no samples')
    git(folder, 'update-ref', 'refs/remotes/nickel/main', newest())
    const listed = git(folder, ...list.split(' ').slice(1))
    for (const line of [`M\t${removed}`, `A\t${added}`]) expect(listed).toContain(line)
    tryGit(folder, 'merge', '--quiet', '--no-ff', '--no-edit', 'nickel/main')
    for (const path of [removed, added]) {
      expect([path, existsSync(join(folder, path))]).toEqual([path, true])
      git(folder, ...remove.trim().split(' '), path)
      expect([path, existsSync(join(folder, path))]).toEqual([path, false])
    }
  })
})

test('docs/updating.md names every sample', () => {
  const samples = Object.keys(SAMPLES).map((slug) => `catalog/${slug}.md`)
  expect(filesListedIn(DOCUMENT, 'What may conflict')).toEqual(expect.arrayContaining(samples))
})

/** A clone of the given version with a merchant's edits, into which the present one has been merged. */
function mergedOver(commit: string) {
  const folder = cloneOf(commit)
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(OURS)) write(path, text)
  for (const [path, found, edit] of EDITS) {
    expect([path, read(path).split(found).length]).toEqual([path, 2]) // once
    write(
      path,
      read(path).replace(found, () => edit),
    )
  }
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--message', 'Make the shop ours')
  tryGit(folder, 'merge', '--quiet', '--no-ff', '--no-edit', newest())
  return { folder, read }
}

function newest(): string {
  return git('.', 'rev-parse', 'HEAD').trim()
}

/** Returns the folder of a clone whose branch begins at the given version. */
function cloneOf(commit: string): string {
  const folder = join(aFolder(), 'clone')
  git('.', 'clone', '--quiet', '--shared', '--no-checkout', '.', folder)
  git(folder, 'checkout', '--quiet', '-b', 'ours', commit)
  return folder
}

/** Returns the version before the commit that added a file, or why it isn't known here. */
function findVersionBefore(path: string): { commit?: string; reason?: string } {
  const added = tryGit('.', 'log', '--diff-filter=A', '--format=%H', '--', path)
    .stdout.trim()
    .split('\n')
    .at(-1)
  if (!added) return { reason: 'the project is not in a git repository' }
  const found = tryGit('.', 'rev-parse', '--verify', '--quiet', `${added}~1`).stdout.trim()
  if (!found) return { reason: 'the clone is shallow: git fetch --unshallow brings the versions from before' }
  return isRenamed() ? { reason: 'this is a project of its own' } : { commit: found }
}

/** Returns the paths that a document's section names in the first column of its table. */
function filesListedIn(document: string, heading: string): string[] {
  const [, section = ''] = readFileSync(document, 'utf8').split(`## ${heading}\n`)
  const rows = section.split('\n## ', 1)[0]?.match(/^\| `.*?\|/gm) ?? []
  return rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path))
}

function git(folder: string, ...parts: string[]): string {
  const { status, stdout, stderr } = tryGit(folder, ...parts)
  if (status === 0) return stdout
  throw new Error(`git ${parts.join(' ')} failed: ${stderr}`)
}

function tryGit(folder: string, ...parts: string[]) {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawnSync('git', [...settings, ...parts], { cwd: folder, encoding: 'utf8' })
}
