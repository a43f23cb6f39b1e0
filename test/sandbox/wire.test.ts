import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PaymentRequestIntent } from '@code-wallet/intents'
import { Keypair } from '@code-wallet/keys'
import { describe, expect, test } from '@jest/globals'
import bs58 from 'bs58'
import { aFreePort } from '../../scripts/support/free-port.js'
import { describeIn, type Language } from '../support/languages.ts'
import { runProgram } from '../support/process.ts'
import { aWire } from '../support/wire.ts'
import { aFolder } from '../support/workplace.ts'
import { aPayment, aReceiver, aSandbox, DESTINATION, post, type TestSandbox } from './a-sandbox.ts'

const page = readFileSync('docs/sandbox-wire.md', 'utf8')

/** The page's program whose first comment names a file. */
function program(language: string, name: string): string {
  const fenced = page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))
  const found = [...fenced].map(([, text = '']) => text).find((text) => text.slice(0, 100).includes(name))
  if (!found) throw new Error(`docs/sandbox-wire.md has no ${name}`)
  return found
}

describe('docs/sandbox-wire.md', () => {
  test('derives the id that Code’s package derives, in each of its currencies', () => {
    const [, list = ''] = /CURRENCIES = """([^"]+)"""/.exec(page) ?? []
    const codes = list.trim().split(/\s+/)
    expect(codes).toHaveLength(154)
    const nonce = Buffer.from('eleven byte')
    const amount = [0x40, 0xe2, 0x01, 0, 0, 0, 0] // 123,456 hundredths
    codes.forEach((currency, index) => {
      const seed = createHash('sha256').update(Buffer.from([2, index, ...amount, ...nonce]))
      const id = Keypair.fromSeed(seed.digest() as never)
        .getPublicKey()
        .toBase58()
      const options = aPayment({ amount: 1234.56, currency, clientSecret: bs58.encode(nonce) })
      expect([currency, new PaymentRequestIntent(options).getIntentId()]).toEqual([currency, id])
    })
  })

  test('begins with a line of curl that works', async () => {
    const { origin, json } = await aSandbox()
    const line = program('sh', 'curl').replace('http://127.0.0.1:3031', origin)
    const { stdout } = await promisify(execFile)('sh', ['-c', line])
    const { intent } = JSON.parse(stdout)
    expect(await json(`/wallet/requests/${intent}`)).toMatchObject({ amount: 25, state: 'pending' })
  })
})

const KEY = 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'
const HANDLERS: [Language, string, string, (port: string) => string[], string][] = [
  ['Node', 'js', 'webhook.mjs', () => [], 'ready'],
  ['Python', 'python', 'webhook.py', () => [], 'ready'],
  ['PHP', 'php', 'webhook.php', (port) => ['-d', 'display_errors=1', '-S', `127.0.0.1:${port}`], 'started'],
]

for (const [language, fence, name, args, ready] of HANDLERS) {
  describeIn(language, (command) => {
    /** The page's handler, which verifies with a sandbox's key, and what it has stored. */
    async function aHandler(sandbox: TestSandbox, folder = aFolder(), before = '') {
      writeFileSync(join(folder, name), program(fence, name))
      const port = String(await aFreePort())
      const { publicKey } = (await sandbox.json('/key')) as { publicKey: string }
      const env = { CODE_PUBLIC_KEY: publicKey, PORT: port }
      const run = ['-c', `${before} exec "$@"`, 'sh', command, ...args(port), name]
      await runProgram('sh', run, folder, env).says(ready)
      const url = `http://127.0.0.1:${port}/webhook`
      const stored = () =>
        readdirSync(join(folder, 'paid')).map((file) =>
          JSON.parse(readFileSync(join(folder, 'paid', file), 'utf8')),
        )
      return { url, stored }
    }

    test.each(['', 'abc', KEY.slice(1), `${KEY}1`, `1${KEY}`, KEY.replace('y', '0')])(
      'a handler never verifies with a key that is none: "%s"',
      async (key) => {
        const folder = aFolder()
        writeFileSync(join(folder, name), program(fence, name))
        const port = String(await aFreePort())
        const handler = runProgram(command, [...args(port), name], folder, {
          CODE_PUBLIC_KEY: key,
          PORT: port,
        })
        if (language === 'PHP') {
          await handler.says(ready)
          expect((await post(`http://127.0.0.1:${port}/webhook`, { body: 'a.b.c' })).status).toBe(500)
          await handler.says('CODE_PUBLIC_KEY must be 32 bytes in base58')
        } else
          expect([await handler.ended, handler.output()]).toEqual([
            1,
            expect.stringMatching(/base58|substring/),
          ])
      },
    )

    async function pay(sandbox: TestSandbox, url: string): Promise<string> {
      const intent = await sandbox.create()
      await sandbox.register(intent, url)
      await sandbox.approve(intent)
      await sandbox.sandbox.deliverDue()
      return intent
    }

    test('a handler stores a payment once, however often it is delivered, and answers 200', async () => {
      const sandbox = await aSandbox()
      const { url, stored } = await aHandler(sandbox)
      const intent = await pay(sandbox, url)
      await post(`${sandbox.origin}/deliveries/1/repeat`)
      await post(`${sandbox.origin}/deliveries/test`, { body: new URLSearchParams({ url }) })
      await sandbox.sandbox.deliverDue()
      const deliveries = await sandbox.deliveries()
      expect(deliveries.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered'])
      expect(stored()).toMatchObject([
        { intent, amount: 0.25, currency: 'USD', destination: DESTINATION, state: 'SUBMITTED' },
      ])
    })

    test('a handler answers 200 only once the payment is stored, even if the disk was full before', async () => {
      const sandbox = await aSandbox()
      const folder = aFolder()
      const onFullDisk = await aHandler(sandbox, folder, "trap '' XFSZ; ulimit -f 0;") // no file may have any content
      const intent = await pay(sandbox, onFullDisk.url)
      sandbox.clock.advance(1_000)
      await sandbox.sandbox.deliverDue()
      const [delivery] = await sandbox.deliveries()
      expect(delivery?.attempts.map(({ status }) => status ?? 500)).toEqual([500, 500])
      expect(onFullDisk.stored()).toEqual([])

      const { url, stored } = await aHandler(sandbox, folder)
      const token = delivery?.token ?? ''
      expect((await post(url, { body: token })).status).toBe(200)
      expect(stored()).toMatchObject([{ intent }])
    })

    test('a handler rejects what Code has not signed, and anything else', async () => {
      const sandbox = await aSandbox()
      const { url, stored } = await aHandler(sandbox)
      const statuses = []
      for (const webhooks of ['wrong-key', 'tampered', 'redirected']) {
        const headers = { 'Content-Type': 'application/json' }
        await fetch(`${sandbox.origin}/faults`, {
          method: 'PUT',
          headers,
          body: JSON.stringify({ webhooks }),
        })
        await pay(sandbox, url)
        statuses.push((await sandbox.deliveries())[0]?.attempts[0]?.status)
      }
      expect(statuses).toEqual([401, 401, 405])
      const tokens = [
        '',
        'a',
        'a.b',
        'a.b.c',
        'a.b.c.d',
        '...',
        'é.é.é',
        `${'A'.repeat(86)}.b.${'A'.repeat(86)}`,
      ]
      for (const body of tokens) expect([body, (await post(url, { body })).status]).toEqual([body, 401])
      expect((await post(url, { body: 'a'.repeat(20_000) })).status).toBe(413)
      expect((await post(`${url}s`, { body: 'a' })).status).toBe(404)
      expect(stored()).toEqual([])
    })

    test('a handler outlives a client that hangs up in the middle of its event', async () => {
      const sandbox = await aSandbox()
      const { url, stored } = await aHandler(sandbox)
      const leaving = aWire(Number(new URL(url).port))
      leaving.send('POST /webhook HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n\r\na.')
      leaving.socket.end()
      await leaving.ended
      const intent = await pay(sandbox, url)
      expect(stored()).toMatchObject([{ intent }])
    })
  })
}

describeIn('Python', (command) => {
  /** What the page's program prints. */
  async function createIntent(endpoint: string, ...args: string[]) {
    const folder = aFolder()
    writeFileSync(join(folder, 'intent.py'), program('python', 'intent.py'))
    const { ended, output } = runProgram(command, ['intent.py', ...args], folder, { CODE_API: endpoint })
    return { code: await ended, output: output() }
  }

  test('a program creates an intent that Code’s own client derives from its client secret', async () => {
    const sandbox = await aSandbox()
    for (const [amount, currency] of [
      ['0.29', 'usd'],
      ['1000', 'jpy'],
      ['5000', 'kin'],
    ] as const) {
      const { output } = await createIntent(sandbox.endpoint, amount, currency, DESTINATION)
      const { intent, clientSecret, status } = JSON.parse(output)
      const options = aPayment({ amount: Number(amount), currency, clientSecret })
      expect([new PaymentRequestIntent(options).getIntentId(), status]).toEqual([intent, 'PENDING'])
      expect(await sandbox.status(intent)).toMatchObject({ exists: true })
    }
  })

  test('a program’s intent is paid, and its webhook is sent', async () => {
    const sandbox = await aSandbox()
    const { url, received } = await aReceiver()
    const { intent } = JSON.parse(
      (await createIntent(sandbox.endpoint, '0.25', 'usd', DESTINATION, url)).output,
    )
    await sandbox.reject(intent)
    await sandbox.approve(intent)
    await sandbox.sandbox.deliverDue()
    expect(received).toMatchObject([{ method: 'POST', type: 'application/jwt' }])
    const response = await fetch(`${sandbox.endpoint}/getStatus?intent=${intent}`)
    expect(await response.json()).toEqual({ status: 'SUBMITTED', success: true })
  })

  test.each([
    ['0.04', 'usd', 'usd currency has a minimum amount of 0.05'],
    ['300', 'usd', 'usd currency has a maximum amount of 250.00'],
    ['5000.5', 'kin', "native amount can't include fractional kin"],
  ])(
    'a program that requests %s %s prints why Code rejects it, and nothing else',
    async (amount, currency, why) => {
      const sandbox = await aSandbox()
      const { code, output } = await createIntent(sandbox.endpoint, amount, currency, DESTINATION)
      const answer = { error: `rpc error: code = InvalidArgument desc = ${why}`, success: false }
      expect([code, output.trim()]).toEqual([1, `HTTP Error 400: Bad Request: ${JSON.stringify(answer)}`])
    },
  )

  test.each([
    '',
    'abc',
    DESTINATION.slice(2),
    `1${DESTINATION}`,
    `${DESTINATION}a`,
    `${DESTINATION.slice(1)}0`,
  ])('a program requests nothing for a destination that is no address: "%s"', async (destination) => {
    const { code, output } = await createIntent('http://127.0.0.1:2/v1', '0.25', 'usd', destination)
    expect([code, output]).toEqual([1, `${destination} is not an address: 32 bytes in base58\n`])
  })

  test('a program takes an address that begins with zero bytes', async () => {
    const sandbox = await aSandbox()
    const { output } = await createIntent(sandbox.endpoint, '0.25', 'usd', '1'.repeat(32))
    expect(output).toContain(`code account ${'1'.repeat(32)} is not a deposit account`)
  })
})
