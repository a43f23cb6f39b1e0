import { readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PublicKey } from '@code-wallet/keys'
import { describe, expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { openSandbox, SandboxError, type SandboxOptions } from '../../sandbox/index.ts'
import { openState } from '../../sandbox/state/index.ts'
import { presentDelivery } from '../../sandbox/wallet/present.ts'
import { aFolder, aSandbox } from './a-sandbox.ts'

const options = (data: string): SandboxOptions => ({
  data,
  baseUrl: 'http://127.0.0.1:3030',
  origins: [],
  allowsWebhookTo: () => true,
})

describe('the key', () => {
  test('is made once and kept for its owner alone', async () => {
    const shop = await aSandbox()
    const { publicKey } = shop.sandbox
    expect(PublicKey.fromBase58(publicKey).toBuffer()).toHaveLength(32)
    expect(statSync(join(shop.data, 'key.pem')).mode & 0o777).toBe(0o600)
    expect(readdirSync(shop.data).filter((name) => name.startsWith('key'))).toEqual(['key.pem'])
    await shop.restart()
    expect(shop.sandbox.publicKey).toBe(publicKey)
  })

  test('is another one in another folder', async () => {
    expect((await aSandbox()).sandbox.publicKey).not.toBe((await aSandbox()).sandbox.publicKey)
  })

  test('that cannot be read stops the start with a sentence', async () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'key.pem'), 'not a key')
    await expect(openSandbox(options(folder))).rejects.toThrow(SandboxError)
    await expect(openSandbox(options(folder))).rejects.toThrow(
      'Delete the file, and the sandbox creates a new one',
    )
  })

  test('that cannot be kept stops the start, too', async () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'file'), '')
    await expect(openSandbox(options(join(folder, 'file', 'sequencer')))).rejects.toThrow(
      'cannot read its key',
    )
  })
})

test('a folder that cannot be made stops the start with a sentence', async () => {
  const folder = join(aFolder(), 'dangling')
  symlinkSync('/nowhere/at/all', folder)
  await expect(openSandbox(options(folder))).rejects.toThrow('cannot store a key')
})

test('an attempt that the process did not survive is over at the next start', () => {
  const folder = aFolder()
  const before = openState(folder, 10)
  const id = before.deliveries.add({ kind: 'test', intent: null, url: 'http://127.0.0.1/', token: '' }, 0)
  before.deliveries.beginDue(0, 1, () => undefined) // the last one; its end is never recorded
  before.close()
  const after = openState(folder, 10)
  const delivery = after.deliveries.find(id)
  after.close()
  expect(delivery && presentDelivery(delivery)).toMatchObject({
    state: 'given up',
    attempts: [{ status: null, durationMs: null, answer: 'the sandbox was stopped meanwhile' }],
  })
})

describe('the state', () => {
  test('outlives a restart', async () => {
    const shop = await aSandbox()
    const [paid, open] = [await shop.create(), await shop.create()]
    await shop.register(open, 'http://127.0.0.1:1/webhook')
    await shop.approve(paid)
    await shop.restart()
    expect((await shop.status(paid)).status).toBe('confirmed')
    expect((await shop.status(open)).status).toBe('pending')
    expect(await shop.register(open, 'http://127.0.0.1:1/webhook')).toBe('already_registered')
  })

  test('is forgotten when it is only in memory', async () => {
    const shop = await aSandbox({ data: ':memory:' })
    const [intent, { publicKey }] = [await shop.create(), shop.sandbox]
    await shop.restart()
    expect((await shop.status(intent)).exists).toBe(false)
    expect(shop.sandbox.publicKey).not.toBe(publicKey)
  })

  test('is bounded: the oldest requests and deliveries are dropped', async () => {
    const shop = await aSandbox({ keep: 3 })
    const intents: string[] = []
    for (let count = 0; count < 5; count++) {
      const intent = await shop.create({ fees: [] })
      await shop.register(intent, 'http://127.0.0.1:1/webhook')
      await shop.approve(intent)
      intents.push(intent)
    }
    expect(await shop.json('/wallet/requests')).toHaveLength(3)
    expect(await shop.deliveries()).toHaveLength(3)
    expect((await shop.status(intents[1] as string)).exists).toBe(false)
    expect((await shop.status(intents[2] as string)).exists).toBe(true)
  })

  test('of version 4, whose traces had another name, goes on', async () => {
    const shop = await aSandbox()
    const intent = await shop.create()
    const before = await shop.json(`/traces/${intent}`)
    await shop.restart(() => {
      const db = new Sqlite(join(shop.data, 'sandbox.db'))
      db.exec('ALTER TABLE traces RENAME TO conversations')
      db.exec('ALTER TABLE lines RENAME COLUMN trace TO conversation')
      db.pragma('user_version = 4')
      db.close()
    })
    expect(await shop.json(`/traces/${intent}`)).toEqual(before)
    expect((await shop.status(intent)).exists).toBe(true)
  })

  test('of another version stops the start with a sentence', async () => {
    const folder = aFolder()
    const db = new Sqlite(join(folder, 'sandbox.db'))
    db.pragma('user_version = 99')
    db.close()
    await expect(openSandbox(options(folder))).rejects.toThrow('created by another version of the sandbox')
  })

  test('that is no database stops the start with a sentence', async () => {
    const folder = aFolder()
    writeFileSync(
      join(folder, 'sandbox.db'),
      'no database at all, but long enough to be looked at'.repeat(100),
    )
    await expect(openSandbox(options(folder))).rejects.toThrow('cannot open its state')
  })
})

test('what happens is told to whoever listens', async () => {
  const shop = await aSandbox()
  const intent = await shop.create()
  await shop.create({ amount: 0.01 })
  await shop.register(intent, 'http://127.0.0.1:1/webhook')
  await shop.reject(intent)
  await shop.approve(intent)
  await shop.sandbox.deliverDue()
  expect(shop.events.map(({ what }) => what)).toEqual([
    'request accepted',
    'call refused',
    'webhook registration',
    'payment rejected',
    'code scanned',
    'payment approved',
    'attempt made',
  ])
})
