import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { openDatabase } from '../../db/index.ts'
import { aFreePort } from '../../scripts/support/free-port.js'
import { aDatabase } from '../support/database.ts'
import { LIKE_ANYBODY } from '../support/like-anybody.ts'
import { runProgram, TSX } from '../support/process.ts'
import { NOT_ROOT, testUnless } from '../support/skipping.ts'
import { aFolder } from '../support/workplace.ts'

const STARTS_MS = 60_000 // two programs, from their source
const testAsRoot = testUnless(NOT_ROOT)

/** What the doctor and a start say about a database, both without the rights of root. */
async function diagnose(path: string) {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  const env = { DATABASE_URL: `sqlite:${path}`, PORT: String(await aFreePort()) }
  const runIt = (script: string, ...args: string[]) => {
    const [program = '', ...rest] = [
      ...LIKE_ANYBODY,
      process.execPath,
      '--import',
      TSX,
      resolve(script),
      ...args,
    ]
    return runProgram(program, rest, folder, env)
  }
  const [doctor, shop] = [runIt('server/commands/doctor.ts', '--json'), runIt('server/main.ts')]
  await doctor.ended
  const { findings } = JSON.parse(doctor.output())
  expect(await shop.ended).toBe(1)
  return {
    database: findings.find(({ check }: { check: string }) => check === 'database'),
    start: shop.output(),
  }
}

async function aClosedDatabase(): Promise<string> {
  const db = await aDatabase()
  await db.close()
  return db.path
}

test.each(['', '-instances'])(
  'a database whose file %j cannot be written is broken to the doctor, who says what the start says',
  async (end) => {
    const path = await aClosedDatabase()
    chmodSync(path + end, 0o400)
    const { database, start } = await diagnose(path)
    const what = `Cannot open the database ${path}: ${path}${end} cannot be written by its owner, ${userInfo().username}. Run chmod u+rw ${path}${end}`
    expect(database).toMatchObject({ verdict: 'broken', meaning: expect.stringContaining(what) })
    expect(start).toContain(`The shop cannot start.\n${what}`)
  },
  STARTS_MS,
)

testAsRoot(
  'a WAL that root has left is named, with its owner and the command that helps',
  async () => {
    const db = await aDatabase()
    await db.query('CREATE TABLE things (name TEXT)') // so that there is a WAL
    chownSync(`${db.path}-wal`, 65_534, 65_534)
    const { database, start } = await diagnose(db.path)
    const what = `${db.path}-wal belongs to nobody, and root, who runs this, cannot write it. If root is the shop’s user, run chown root ${db.path}-wal`
    expect(database).toMatchObject({ verdict: 'broken', meaning: expect.stringContaining(what) })
    expect(start).toContain(what)
  },
  STARTS_MS,
)

test(
  'a folder that cannot be made is named, with the one that is in the way',
  async () => {
    const around = aFolder()
    chmodSync(around, 0o500)
    const path = join(around, 'data', 'shop.db')
    const { database, start } = await diagnose(path)
    const what = `Cannot open the database ${path}: ${around} cannot be written by its owner`
    expect(database).toMatchObject({ verdict: 'broken', meaning: expect.stringContaining(what) })
    expect(start).toContain(what)
  },
  STARTS_MS,
)

test('a folder in the place of the database is refused as one, and nothing is put next to it', async () => {
  const folder = join(aFolder(), 'data')
  mkdirSync(join(folder, 'one', 'two'), { recursive: true })
  await expect(openDatabase({ url: `sqlite:${folder}`, mode: 'sandbox' })).rejects.toThrow(
    `${folder} is a folder. Let DATABASE_URL name a file in it, such as sqlite:${folder}/shop-live.db`,
  )
  expect(readdirSync(dirname(folder))).toEqual(['data'])
})
