import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { isRenamed } from '../../scripts/support/own-project.js'
import { type Ask, type Given, renameProject } from '../../scripts/support/rename/rename-project.ts'
import { SAMPLES } from '../../scripts/support/rename/samples.ts'
import { forgetProducts, nameShop } from '../../scripts/support/rename/shop-yaml.ts'
import { describeOnTerminals, runOnTerminal } from '../support/process.ts'
import { testUnless } from '../support/skipping.ts'
import { aFolder } from '../support/workplace.ts'

const LICENCE = 'MIT License\n\nCopyright (c) 2026 The Nickel maintainers\n\nPermission is hereby granted …\n'
const MANIFEST = {
  name: 'nickel',
  version: '0.1.0',
  workspaces: ['money'],
  dependencies: { express: '^5.3.0' },
}
const LOCK = {
  name: 'nickel',
  version: '0.1.0',
  packages: { '': { ...MANIFEST }, money: { version: '0.1.0' } },
}
const SAMPLE_FILES = Object.values(SAMPLES).flat()

/** A repository with a project before it is renamed; with `changes`, further files. */
function aProject(changes: Record<string, string> = {}) {
  const folder = aFolder()
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const files: Record<string, string> = {
    'package.json': asJson(MANIFEST),
    'package-lock.json': asJson(LOCK),
    'README.md': '# Nickel\n',
    'CHANGELOG.md': '# Changelog\n\n- Much.\n',
    LICENSE: LICENCE,
    ...Object.fromEntries(Object.keys(SAMPLES).map((slug) => [`catalog/${slug}.md`, aProduct(slug)])),
    ...Object.fromEntries(SAMPLE_FILES.map((file) => [`catalog/${file}`, 'content'])),
    ...changes,
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  gitIn(folder)('init', '--quiet')
  commitIn(folder)
  return { ...projectIn(folder), write }
}

const gitIn =
  (folder: string) =>
  (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trimEnd()

/** Commits whatever there is, and returns the commit, shortened. */
function commitIn(folder: string): string {
  const git = gitIn(folder)
  git('add', '--all')
  git('commit', '--quiet', '--allow-empty', '--message', `A commit in ${folder}`) // else two may be the same one
  return git('rev-parse', '--short', 'HEAD')
}

function projectIn(folder: string) {
  const git = gitIn(folder)
  return {
    folder,
    git,
    commit: () => commitIn(folder),
    changed: () => git('status', '--porcelain', '--untracked-files=all').split('\n').sort(),
    read: (path: string) => readFileSync(join(folder, path), 'utf8'),
    rename: (given: Given | string, ask?: Ask) =>
      renameProject(folder, typeof given === 'string' ? { name: given } : given, ask, 2027),
  }
}

function asJson(content: object): string {
  return `${JSON.stringify(content, undefined, 2)}\n`
}

function aProduct(title: string, more = ''): string {
  return `---\ntitle: ${title}\nprice: 1 usd\nkind: donation\nsummary: S\n${more}---\nText\n`
}

test('a clone becomes the merchant’s own project, without a commit', async () => {
  const project = aProject()
  const said = await project.rename('Corner Library')
  expect(project.changed()).toEqual(
    [
      ' M CHANGELOG.md',
      ' M LICENSE',
      ' M README.md',
      ' M package-lock.json',
      ' M package.json',
      '?? catalog/shop.yaml',
    ].sort(),
  )
  const manifest = JSON.parse(project.read('package.json'))
  expect(manifest).toEqual({
    ...MANIFEST,
    name: 'corner-library',
    description: 'Corner Library, a shop for Code payments.',
  })
  const lock = JSON.parse(project.read('package-lock.json'))
  expect(lock.packages[''].name).toBe('corner-library')
  expect({ ...lock, name: 'nickel', packages: { ...lock.packages, '': LOCK.packages[''] } }).toEqual(LOCK)
  expect(project.read('README.md')).toMatch(/^# Corner Library\n/)
  expect(project.read('CHANGELOG.md')).toMatch(/\n- Begun with Nickel 0\.1\.0\.\n$/)
  expect(project.read('LICENSE')).toBe(
    LICENCE.replace('maintainers\n', 'maintainers\nCopyright (c) 2027 Corner Library\n'),
  )
  expect(project.read('catalog/shop.yaml')).toContain('\nname: Corner Library\n')
  expect(said).toContain('now called Corner Library, and the package corner-library')
  expect(said).toContain('git commit ')
})

test('what undoes the changes is said, and leaves nothing of them', async () => {
  const said = await Promise.all(
    [aProject(), aProject()].map(async (project) => {
      const text = await project.rename({ name: 'Corner Library', samples: 'remove' })
      return { project, text }
    }),
  )
  const commands = [said[0]?.text, readFileSync('docs/your-shop.md', 'utf8')].map(
    (text = '') => /[^;`]*git reset --hard/.exec(text)?.[0].trim() ?? '',
  )
  for (const [index, { project }] of said.entries()) {
    execFileSync('sh', ['-c', commands[index] ?? ''], { cwd: project.folder, stdio: 'ignore' })
    expect([commands[index], project.changed()]).toEqual(['git add --all && git reset --hard', ['']])
  }
})

describe('CHANGELOG.md names the commit of Nickel with which the project began', () => {
  /** A repository of Nickel's, and a project that was cloned from it. */
  function aClone(...options: string[]) {
    const nickel = aProject()
    nickel.commit()
    const folder = join(aFolder(), 'clone')
    gitIn(nickel.folder)('clone', '--quiet', ...options, `file://${nickel.folder}`, folder)
    return { nickel, project: projectIn(folder) }
  }

  async function beginOf(project: ReturnType<typeof projectIn>): Promise<string | undefined> {
    await project.rename('Corner Library')
    return /^- Begun with (.*)\.$/m.exec(project.read('CHANGELOG.md'))?.[1]
  }

  test.each([
    ['in a clone', []],
    ['in a shallow clone', ['--depth', '1']],
  ])('%s, not a commit of the merchant’s, nor one that isn’t merged yet', async (_, options) => {
    const { nickel, project } = aClone(...options)
    const start = project.git('rev-parse', '--short', 'HEAD')
    project.commit()
    nickel.commit()
    project.git('fetch', '--quiet')
    expect(await beginOf(project)).toBe(`Nickel 0.1.0, commit ${start}`)
  })

  test('in a clone that has been updated since', async () => {
    const { nickel, project } = aClone()
    project.commit()
    const newer = nickel.commit()
    project.git('pull', '--quiet', '--no-rebase')
    expect(await beginOf(project)).toBe(`Nickel 0.1.0, commit ${newer}`)
  })

  test('where the remote for updates has another name than that of the merchant’s own', async () => {
    const { project } = aClone('--origin', 'nickel')
    const start = project.git('rev-parse', '--short', 'HEAD')
    const own = aFolder()
    gitIn(own)('init', '--quiet', '--bare')
    project.git('remote', 'add', 'origin', own)
    project.commit()
    project.git('push', '--quiet', 'origin', 'HEAD:main')
    expect(await beginOf(project)).toBe(`Nickel 0.1.0, commit ${start}`)
  })

  test('but the version only if the remote may have commits of the merchant’s', async () => {
    const { nickel, project } = aClone()
    project.commit()
    gitIn(nickel.folder)('switch', '--quiet', '--detach') // so that its branch can be pushed to
    project.git('push', '--quiet')
    expect(await beginOf(project)).toBe('Nickel 0.1.0')
  })

  test('but the version only if the remote has another history', async () => {
    const project = aProject()
    project.git('remote', 'add', 'origin', aProject({ 'notes.txt': 'other' }).folder)
    project.git('fetch', '--quiet', 'origin')
    expect(await beginOf(project)).toBe('Nickel 0.1.0')
  })
})

describe('the sample products', () => {
  test('go with their files and folders if the merchant wants that', async () => {
    const project = aProject({ 'catalog/bread.md': aProduct('Bread') })
    await project.rename({ name: 'Corner Library', samples: 'remove' })
    expect(readdirSync(join(project.folder, 'catalog')).sort()).toEqual(['bread.md', 'shop.yaml'])
    expect(project.read('README.md')).toContain('npm run pay -- <slug>')
  })

  test('leave what the merchant’s own products use, and the order of the storefront', async () => {
    const [picture = ''] = SAMPLE_FILES
    const project = aProject({
      'catalog/bread.md': aProduct('Bread', `image: ${picture}\n`),
      'catalog/shop.yaml': 'order: [webhook-test-cases, bread] # first ones\n',
    })
    const said = await project.rename({ name: 'Corner Library', samples: 'remove' })
    expect(existsSync(join(project.folder, 'catalog', picture))).toBe(true)
    expect(project.read('catalog/shop.yaml')).toBe('name: Corner Library\norder: [bread] # first ones\n')
    expect(said).toContain('Errors in the catalogue, to fix now:') // since the picture of this test is none
  })

  testUnless(isRenamed() && 'renamed')('are all that the catalogue of Nickel has', () => {
    const files = readdirSync('catalog', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.includes('.'),
    )
    expect(files.sort()).toEqual(
      [...Object.keys(SAMPLES).map((slug) => `${slug}.md`), ...SAMPLE_FILES].sort(),
    )
  })
})

describe('on a terminal', () => {
  test('the merchant is asked for the holder and the samples', async () => {
    const asked: string[] = []
    const answers = ['Corner Library Ltd', 'y']
    const project = aProject()
    await project.rename('Corner Library', async (question) => {
      asked.push(question)
      return answers.shift() ?? ''
    })
    expect(asked).toEqual([
      'Who holds the copyright of your changes? [Corner Library] ',
      'Remove the 5 sample products? [y/N] ',
    ])
    expect(project.read('LICENSE')).toContain('\nCopyright (c) 2027 Corner Library Ltd\n')
    expect(readdirSync(join(project.folder, 'catalog'))).toEqual(['shop.yaml'])
  })

  test('empty answers keep the samples and name the seller as the holder', async () => {
    const project = aProject({ 'catalog/shop.yaml': 'seller: { name: The Seller }\n' })
    await project.rename('Corner Library', async () => '')
    expect(project.read('LICENSE')).toContain('\nCopyright (c) 2027 The Seller\n')
    expect(existsSync(join(project.folder, 'catalog/webhook-test-cases.md'))).toBe(true)
  })
})

describe('a project that is renamed already', () => {
  async function aRenamed() {
    const project = aProject()
    await project.rename('Corner Library')
    project.write('README.md', `${project.read('README.md')}\nMy own words.\n`)
    project.write('CHANGELOG.md', '# Changelog\n\n- Mine.\n')
    project.commit()
    return project
  }

  test('says so if the name is the same', async () => {
    const project = await aRenamed()
    expect(await project.rename('Corner Library')).toBe(
      'This project is called Corner Library already. Nothing has been changed.',
    )
    expect(project.changed()).toEqual([''])
  })

  test('gets another name, and keeps its own words and its holder', async () => {
    const project = await aRenamed()
    const said = await project.rename('Harbour Library')
    expect(project.changed()).toEqual([
      ' M README.md',
      ' M catalog/shop.yaml',
      ' M package-lock.json',
      ' M package.json',
    ])
    expect(project.read('README.md')).toMatch(/^# Harbour Library\n[\s\S]*\nMy own words\.\n$/)
    expect(said).toContain('may have the former name')
  })

  test('keeps the name of its package if that was chosen, and not made from the shop’s name', async () => {
    const project = await aRenamed()
    const packageName = () => JSON.parse(project.read('package.json')).name
    await project.rename('Harbour Library')
    expect(packageName()).toBe('harbour-library')
    project.commit()
    await project.rename({ name: 'Harbour Library', packageName: '@harbour/shop' })
    project.commit()
    await project.rename('Corner Library')
    expect(packageName()).toBe('@harbour/shop')
    project.commit()
    await project.rename({ name: 'Corner Library', packageName: 'corner-library' })
    expect(packageName()).toBe('corner-library')
  })

  test('can remove its samples later', async () => {
    const project = await aRenamed()
    await project.rename({ name: 'Corner Library', samples: 'remove' })
    expect(readdirSync(join(project.folder, 'catalog'))).toEqual(['shop.yaml'])
    const readme = project.read('README.md')
    expect(readme).toContain('`npm run pay -- <slug>`')
    expect(readme).not.toContain('how-this-shop-works')
    expect(readme).toMatch(/\nMy own words\.\n$/)
    expect(project.changed()).not.toContain(' M CHANGELOG.md')
  })
})

describe('it changes nothing', () => {
  async function refusal(project: ReturnType<typeof aProject>, given: Given | string): Promise<string> {
    const before = project.changed()
    const refused = await project.rename(given).then(String, (error: Error) => error.message)
    expect(project.changed()).toEqual(before)
    return refused
  }

  test('while there are changes that aren’t committed, new files included', async () => {
    const project = aProject()
    project.write('notes.txt', 'new')
    expect(await refusal(project, 'Corner Library')).toMatch(
      /aren’t committed[\s\S]*git stash --include-untracked[\s\S]*\?\? notes\.txt$/,
    )
  })

  test('outside git, and in a repository that doesn’t have the project', async () => {
    const outside = aFolder()
    writeFileSync(join(outside, 'package.json'), asJson(MANIFEST))
    await expect(renameProject(outside, { name: 'A' }, undefined, 2027)).rejects.toThrow(
      'git init && git add --all',
    )
    const project = aProject({ '.gitignore': 'inner/\n' })
    cpSync(outside, join(project.folder, 'inner'), { recursive: true })
    await expect(
      renameProject(join(project.folder, 'inner'), { name: 'A' }, undefined, 2027),
    ).rejects.toThrow('git doesn’t have this folder')
  })

  test.each([
    ['', /^The name is missing: npm run rename -- "Corner Library"$/],
    ['?!', /^The name must have a letter or a digit\./],
    ['two\nlines', /^The name must be one line\./],
    ['x'.repeat(61), /^The name must have at most 60 characters\./],
    [
      { name: 'Corner', packageName: 'Corner Library' },
      /^"Corner Library" can’t be the name of a package: .* --package corner-library$/,
    ],
    [
      { name: 'Corner', packageName: 'express' },
      /^"express" is taken by a package .* --package corner-shop$/,
    ],
    [{ name: 'Corner', holder: 'two\nlines' }, /^The holder must be one line\./],
  ])('with a bad name: %j', async (given, message) => {
    expect(await refusal(aProject(), given)).toMatch(message)
  })

  test('with a shop.yaml that cannot be read, or whose name cannot be replaced safely', async () => {
    const broken = aProject({ 'catalog/shop.yaml': 'name: "Corner\n' })
    expect(await refusal(broken, 'Corner Library')).toContain('npm run check')
    const unusual = aProject({ 'catalog/shop.yaml': '{ tagline: T }\n' })
    expect(await refusal(unusual, 'Corner Library')).toMatch(
      /^The name in catalog\/shop\.yaml can’t be replaced\./,
    )
  })
})

test.each([
  ['Bäckerei Straße', 'baeckerei-strasse'],
  ['مكتبة الركن', 'mktbt-alrkn'],
  ['書店', 'shop'],
  ['Express', 'express-shop'],
  ['Money', 'money-shop'],
  ['Nickel', 'nickel-shop'],
])('%s is called %s in package.json', async (name, packageName) => {
  const project = aProject()
  await project.rename(name)
  expect(JSON.parse(project.read('package.json')).name).toBe(packageName)
})

test('a name with signs of Markdown and YAML is shown as it was written', async () => {
  const project = aProject()
  await project.rename('*No: 1* # <Best>')
  expect(project.read('README.md')).toMatch(/^# \\\*No: 1\\\* \\# \\<Best\\>\n/)
  expect(project.read('catalog/shop.yaml')).toContain('\nname: "*No: 1* # <Best>"\n')
})

describe('shop.yaml', () => {
  test.each([
    [
      '# About us\nname: Former\n# More\ntagline:   Short   # why\n',
      '# About us\nname: New: one\n# More\ntagline:   Short   # why\n',
    ],
    ["lang: en\nname: 'Former'", 'lang: en\nname: New: one'],
    ['name: >\n  Former\n  name\nlang: en\n', 'name: New: one\nlang: en\n'],
    ['name:\nlang: en\n', 'name: New: one\nlang: en\n'],
    ['# About us\n\nlang: en\n', '# About us\n\nname: New: one\nlang: en\n'],
    ['# name: Example', '# name: Example\nname: New: one\n'],
    ['lang: en\r\nname: Former\r\ntagline: T\r\n', 'lang: en\r\nname: New: one\r\ntagline: T\r\n'],
    ['{ name: Former, lang: en }\n', '{ name: New: one, lang: en }\n'],
  ])('keeps the rest of %j', (source, expected) => {
    expect(nameShop(source, 'New: one')).toBe(expected.replace('New: one', '"New: one"'))
  })

  test('loses an order in which nothing is left, and no other line', () => {
    expect(forgetProducts('name: A # mine\norder:\n  - x\n  - y\n# end\n', ['x', 'y'])).toBe(
      'name: A # mine\n\n# end\n',
    )
    expect(forgetProducts('name:   A\norder: [z]\n', ['x'])).toBe('name:   A\norder: [z]\n')
  })
})

describeOnTerminals('npm run rename on a terminal', () => {
  test.each([
    ['Ctrl-C', '\x03'],
    ['Ctrl-D', '\x04'],
  ])(
    'ends at a question after %s, and says that nothing has been changed',
    async (_what, key) => {
      const project = aProject()
      const command = runOnTerminal('scripts/rename.ts', project.folder, {}, ['Corner'])
      await command.says('Who holds the copyright')
      command.child.stdin?.write(key)
      expect(await command.ended).toBe(130)
      expect(command.output()).toMatch(/\nNothing has been changed\.\s*$/)
      expect(project.changed()).toEqual([''])
    },
    60_000,
  )
})
