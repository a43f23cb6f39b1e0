import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import Slugger from 'github-slugger'
import { rows } from '../bench/rows/index.ts'
import { CALL_FAULTS, WEBHOOK_FAULTS } from '../sandbox/faults/index.ts'
import { aFreePort } from '../scripts/support/free-port.js'
import { isRenamed } from '../scripts/support/own-project.js'
import { CALL_DEADLINE_MS } from '../server/code/sender.ts'
import { run } from './support/process.ts'
import { aFolder } from './support/workplace.ts'

const execute = promisify(execFile)
const page = readFileSync('docs/sandbox.md', 'utf8')

/** The commands of the page, in its order, against another port than the one that it names. */
function blocks(language: string, port: string): string[] {
  const fenced = page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))
  return [...fenced].map(([, text = '']) => text.replaceAll('3031', port))
}

describe('docs/sandbox.md', () => {
  test('shows commands that work: from Node, then with curl alone', async () => {
    const port = String(await aFreePort())
    const sandbox = run('sandbox/main.ts', aFolder(), {}, ['--port', port, '--memory'])
    await sandbox.says('"ready"')

    const scripts = blocks('js', port).map((script) =>
      execute(process.execPath, ['--input-type=module', '--eval', script]),
    )
    const [INTENT = '', user] = (await Promise.all(scripts)).map(({ stdout }) => stdout.trim())
    expect(INTENT).toMatch(/^\w{43,44}$/)
    const { stdout: users } = await execute('curl', ['-s', `http://127.0.0.1:${port}/wallet/users`])
    expect(JSON.parse(users)).toContainEqual(expect.objectContaining({ user }))

    const commands = blocks('sh', port).flatMap((block) => block.trim().split('\n'))
    expect(commands.length).toBeGreaterThan(8)
    for (const command of commands) {
      const { stdout: answer } = await execute(
        'sh',
        ['-c', command.replace('curl -s', 'curl -s --fail-with-body')],
        { env: { ...process.env, INTENT } },
      )
      expect(JSON.parse(answer)).toEqual(expect.any(Object))
    }
    const { stdout: request } = await execute('curl', [
      '-s',
      `http://127.0.0.1:${port}/wallet/requests/${INTENT}`,
    ])
    expect(JSON.parse(request)).toMatchObject({ state: 'approved' })
  })

  test('explains every fault in the words of the panel', () => {
    const faults = [...CALL_FAULTS, ...WEBHOOK_FAULTS].filter(({ name }) => name !== 'none')
    const rows = faults.map(({ name, happens, shopShould }) => `| \`${name}\` | ${happens} | ${shopShould} |`)
    expect(rows.filter((row) => !page.includes(row))).toEqual([])
  })
})

test.each([
  ['docs/payment.md', /Code doesn't respond for ([\d.]+) seconds/],
  ['docs/decisions/010-create-taken-apart.md', /has a deadline of ([\d.]+) seconds/],
])('%s states the deadline of a call to Code', (path, sentence) => {
  const [, seconds] = sentence.exec(readFileSync(path, 'utf8')) ?? []
  expect(Number(seconds) * 1_000).toBe(CALL_DEADLINE_MS)
})

describe('docs/performance.md', () => {
  test('has each row that is measured, in the order of the report', () => {
    const sections = readFileSync('docs/performance.md', 'utf8').split(/^## /m)
    const table = sections.find((section) => section.startsWith('What is measured')) ?? ''
    const named = [...table.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name)
    expect(named).toEqual(Object.keys(rows))
  })
})

describe('docs/architecture.md', () => {
  test.each(['server', 'server/catalog', 'db', 'sandbox'])('has all modules of %s', (parent) => {
    const [, tree = ''] = readFileSync('docs/architecture.md', 'utf8').split('```')
    const modules = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(modules.map(({ name }) => name).filter((name) => !tree.includes(`${name}/`))).toEqual([])
  })

  test('says what each file beside the modules of server/ is for', () => {
    const page = readFileSync('docs/architecture.md', 'utf8')
    const files = readdirSync('server', { withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.map(({ name }) => name).filter((name) => !page.includes(name))).toEqual([])
  })
})

/** Whether what a document links is there: a file or folder, and in documents the heading. */
function isThere(document: string, target: string): boolean {
  const [name, fragment] = target.split('#') as [string, string?]
  const file = name === '' ? document : join(document, '..', name)
  if (!existsSync(file)) return false
  return fragment === undefined || anchorsOf(file).has(fragment)
}

/** The fragments under which a forge shows the headings of a document. */
function anchorsOf(file: string): Set<string> {
  const slugger = new Slugger()
  const text = readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```$/gm, '')
  return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slugger.slug(heading)))
}

describe('every document', () => {
  const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`)
  // What a merchant sells is checked by the shop itself.
  const samples = isRenamed() ? [] : readdirSync('catalog').map((name) => `catalog/${name}`)
  const documents = [
    ...readdirSync('.'),
    ...inDocs,
    ...samples,
    'findings/README.md',
    'sandbox/README.md',
    'test/db/schema-4/README.md',
  ]
    .filter((path) => path.endsWith('.md'))
    .sort()

  test.each(documents)('%s leads and shows to what is there', (path) => {
    const text = readFileSync(path, 'utf8').replace(/`[^`\n]+`/g, '') // what is set as code is an example
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)]
      .map(([, a, b]) => a ?? b ?? '')
      .filter((target) => !/^https?:/.test(target))
    expect(targets.filter((target) => !isThere(path, target))).toEqual([])
  })

  test.each(documents)('%s names files and folders that are there', (path) => {
    const named = readFileSync(path, 'utf8').matchAll(
      /`((?:bench|db|docs|money|public|sandbox|scripts|server|test|views)\/[\w./-]*)`/g,
    )
    expect([...named].map(([, name = '']) => name).filter((name) => !existsSync(name))).toEqual([])
  })

  test('has pictures that load at once', () => {
    const sizes = readdirSync('docs/screenshots').map((name) => statSync(join('docs/screenshots', name)).size)
    expect(sizes.length).toBeGreaterThan(0)
    expect(Math.max(...sizes)).toBeLessThan(150_000)
    for (const path of documents) {
      const shown = readFileSync(path, 'utf8').matchAll(/[\w-]+\.webp/g) // those of dark mode as well
      const sum = [...shown]
        .map(([name]) => join('docs/screenshots', name))
        .filter(existsSync)
        .reduce((total, file) => total + statSync(file).size, 0)
      expect([path, Math.max(sum, 300_000)]).toEqual([path, 300_000])
    }
  })
})
