import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { aFreePort } from '../../scripts/support/free-port.js'
import { startPostgres } from '../../scripts/support/postgres-server.js'
import { makeBaseImage } from './base-image.ts'
import { buildStage } from './build.ts'
import { aContainer } from './container.ts'
import { readStages } from './dockerfile.ts'
import { execute, findObstacle } from './machine.ts'

// Carries out the Dockerfile without an engine: its steps run in a root folder that debootstrap makes from Debian's packages, with
// a Node from the npm registry. Then starts the shop there as the image says, on a read-only root, buys something, and runs the
// merchant's commands.

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'nickel-container')
const BACKUP = 'data/backup.tar.gz'
const COMPILERS = /^(?:cc|c\+\+|gcc|g\+\+|clang|make|python3?|tsc|esbuild)$/

type Container = ReturnType<typeof aContainer>

const beganAt = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - beganAt) / 1000).toFixed(1).padStart(6)} s  ${text}`)

const obstacle = findObstacle()
if (obstacle) giveUp(obstacle)
mkdirSync(CACHE, { recursive: true })
const work = mkdtempSync(join(tmpdir(), 'nickel-container-'))
const undoings: (() => void)[] = [() => rmSync(work, { recursive: true, force: true })]
process.once('exit', () => {
  for (const undo of undoings.reverse()) undo()
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

const failures: string[] = []
const check = (sentence: string, holds: boolean, details = '') => {
  say(`${holds ? 'ok      ' : 'FAILED  '}${sentence}`)
  if (!holds) failures.push(`${sentence}\n${details}`)
}

const stages = readStages('Dockerfile')
const last = stages.at(-1)
if (!last) throw new Error('The Dockerfile has no stage.')
build()
await runIt()
for (const failure of failures) console.error(failure)
say(failures.length === 0 ? 'the container works' : `${failures.length} checks failed`)
process.exit(failures.length === 0 ? 0 : 1)

function build(): void {
  const [image, ...others] = new Set(stages.map(({ image }) => image))
  if (!image || others.length > 0) throw new Error('The stages begin with different images.')
  const base = join(work, 'base')
  try {
    makeBaseImage(image, CACHE, base)
  } catch (error) {
    giveUp(`its base could not be made: ${(error as Error).message}`)
  }
  say(`made ${image} from Debian’s packages and the npm registry`)
  const npmCache = execute('npm', ['config', 'get', 'cache']).trim()
  for (const stage of stages)
    buildStage(stage, {
      context: process.cwd(),
      base,
      rootOf: (name) => join(work, `stage-${name}`),
      cacheOf: () => npmCache,
      say,
    })
}

/** Ends without a verdict on the container, since it is the machine that can't try it. */
function giveUp(reason: string): never {
  console.log(`skipped: the container could not be tried, since ${reason}`)
  process.exit(process.env.REQUIRE_ALL === '1' ? 1 : 0)
}

async function runIt(): Promise<void> {
  const root = join(work, `stage-${last?.name}`)
  const port = await aFreePort()
  const settings = {
    PORT: String(port),
    HOST: '127.0.0.1',
    CODE_MODE: 'sandbox',
    ADMIN_TOKEN: randomBytes(32).toString('hex'),
  }
  const start = async (more: Record<string, string> = {}): Promise<Container> => {
    const container = aContainer(last as NonNullable<typeof last>, root, join(work, 'volumes'), {
      ...settings,
      ...more,
    })
    undoings.push(container.kill)
    await container.start()
    return container
  }
  const container = await start()
  check('the shop starts on a read-only root, and its health check passes', true)
  check(
    'it runs the build of its own source',
    !/Building|has changed/.test(container.output()),
    container.output(),
  )
  const { output: user } = container.run(['id', '-u'])
  check('as a user of its own', Number(user) > 0, user)
  const { status, output } = container.run([
    'sh',
    '-c',
    'touch /app/x || touch /tmp/x && touch /app/data/x && rm /app/data/x',
  ])
  check(
    'which can write to /tmp and its data, and nowhere else',
    status === 0 && /Read-only/.test(output),
    output,
  )
  const found = findCompilers(root)
  check('without any compiler', found.length === 0, found.join('\n'))
  const slug = await findProduct(port)
  if (slug === undefined) say('nothing is for sale in catalog/, so nothing is bought')
  else check('a program buys', buys(port, slug))
  runCommands(container)
  check('it ends on SIGTERM', (await container.stop()) === 0, container.output())
  await container.start()
  await container.stop()
  if (slug !== undefined) check('and starts again on the same data', countPayments() === 1)
  const restored = container.run(['node', 'scripts/restore.js', BACKUP, '--replace-newer', '0'])
  check('restores its backup', restored.status === 0, restored.output)
  await runOnPostgres(start)
  say(
    `the image has ${Math.round(sizeOf(root) / 1e6)} MB, ${Math.round(sizeOf(join(root, 'app')) / 1e6)} MB of them the shop`,
  )
}

/** Runs what docs/containers.md runs beside the shop. */
function runCommands({ run }: Container): void {
  for (const [name, ...args] of [['check'], ['recompute'], ['doctor'], ['desk'], ['backup', BACKUP]]) {
    const { status, output } = run(['node', `scripts/${name}.js`, ...args])
    check(`${name} works in it`, status === 0, output)
  }
}

/** Starts the image on PostgreSQL, and makes a backup with its own client programs of PostgreSQL. */
async function runOnPostgres(start: (settings: Record<string, string>) => Promise<Container>): Promise<void> {
  const postgres = await startPostgres()
  if (!postgres) return say('PostgreSQL is not installed, so the shop is not started on it')
  const { run, stop } = await start({ DATABASE_URL: postgres.url })
  check('it starts on PostgreSQL', true)
  const { status, output } = run(['node', 'scripts/backup.js', 'data/postgres.tar.gz'])
  check('a backup of PostgreSQL works in it', status === 0, output)
  await stop()
  await postgres.remove()
}

function countPayments(): unknown {
  const database = new Sqlite(join(work, 'volumes/app/data/shop-sandbox.db'), { readonly: true })
  const count = database.prepare('SELECT count(*) FROM payments').pluck().get()
  database.close()
  return count
}

async function findProduct(port: number): Promise<string | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}/products.json`)
  return ((await response.json()) as { slug: string }[])[0]?.slug
}

function buys(port: number, slug: string): boolean {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/pay.ts', slug, '--url', `http://127.0.0.1:${port}`],
    { encoding: 'utf8' },
  )
  process.stdout.write(`${stdout}${stderr}`)
  return status === 0
}

function findCompilers(root: string): string[] {
  const folders = ['usr/bin', 'usr/sbin', 'usr/local/bin', 'app/node_modules/.bin', 'app/node_modules']
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => COMPILERS.test(name) || name === 'typescript')
      .map((name) => join(folder, name)),
  )
}

function sizeOf(path: string): number {
  return Number(execute('du', ['-sb', path]).split('\t')[0] ?? statSync(path).size)
}
