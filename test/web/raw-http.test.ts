import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { chanceOf } from '../orders/bad-webhooks/index.ts'
import { fuzzing } from '../support/fuzz.ts'
import { aStartedShop } from '../support/started.ts'
import { aWire } from '../support/wire.ts'

// Bytes that no HTTP client sends, to a shop that listens as in production. A request hidden in a body must not be handled
// as one: behind a proxy, its response would go to somebody else.

const { SEED } = fuzzing({ runs: 1 })
const HIDDEN = 'GET /healthz HTTP/1.1\r\nHost: shop\r\n\r\n' // its answer is "ok"
const CHUNKED_HIDDEN = `0\r\n\r\n${HIDDEN}`
const HEAD = 'POST /webhook HTTP/1.1\r\nHost: shop\r\nContent-Type: application/jwt\r\n'
const GET = 'GET /products.json HTTP/1.1\r\nHost: shop\r\n'

async function assertAlive(port: number): Promise<void> {
  const wire = aWire(port)
  wire.send(`${GET}Connection: close\r\n\r\n`)
  expect(await wire.answers(1)).toEqual([200])
  expect(wire.heard()).toContain('"slug":"article"')
}

/** What the shop answers until it closes the connection. */
async function answersTo(port: number, bytes: string): Promise<{ statuses: number[]; heard: string }> {
  const wire = aWire(port)
  wire.send(Buffer.from(bytes, 'latin1'))
  await wire.answers(1)
  wire.socket.end() // the shop answers further requests before it closes
  await wire.ended
  return { statuses: wire.statuses(), heard: wire.heard() }
}

/** Name and bytes of each request that must be rejected, and not be read as two. */
const smuggled: Record<string, string> = {
  'a length and chunks': `${HEAD}Content-Length: ${CHUNKED_HIDDEN.length}\r\nTransfer-Encoding: chunked\r\n\r\n${CHUNKED_HIDDEN}`,
  'chunks and a length': `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n${CHUNKED_HIDDEN}`,
  'a length of nothing, and chunks': `${HEAD}Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n${CHUNKED_HIDDEN}`,
  'two lengths': `${HEAD}Content-Length: 0\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
  'two equal lengths': `${HEAD}Content-Length: 0\r\nContent-Length: 0\r\n\r\n${HIDDEN}`,
  ...Object.fromEntries(
    [
      '0, 0',
      '0,5',
      '+0',
      '-0',
      '-1',
      '0x0',
      '0 0',
      '0;',
      '0.0',
      '1e1',
      'NaN',
      '99999999999999999999',
      '٠',
      '"0"',
    ].map((length) => [`the length ${length}`, `${HEAD}Content-Length: ${length}\r\n\r\n${HIDDEN}`]),
  ),
  ...Object.fromEntries(
    [
      'xchunked',
      'chunkedx',
      'chunked, identity',
      'chunked, chunked, x',
      'identity',
      'cow',
      '"chunked"',
      'chunked;q=1',
      '\x0bchunked',
      'chunked\x00',
      ',chunked,x',
      'chunked\r\n Transfer-Encoding: x',
    ].map((coding) => [
      `the coding ${JSON.stringify(coding)}`,
      `${HEAD}Transfer-Encoding: ${coding}\r\n\r\n${CHUNKED_HIDDEN}`,
    ]),
  ),
  'a coding behind a space': `${HEAD}Transfer-Encoding : chunked\r\n\r\n${CHUNKED_HIDDEN}`,
  'a coding in a folded line': `${HEAD}X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n${HIDDEN}`,
  'a coding on the next line': `${HEAD}Transfer-Encoding:\n chunked\r\n\r\n${CHUNKED_HIDDEN}`,
  'a coding behind a bare line feed': `${HEAD}X: y\nTransfer-Encoding: chunked\r\n\r\n${CHUNKED_HIDDEN}`,
  'a coding behind a bare carriage return': `${HEAD}X: y\rTransfer-Encoding: chunked\r\n\r\n${CHUNKED_HIDDEN}`,
  'two codings': `${HEAD}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n${CHUNKED_HIDDEN}`,
  'chunks in HTTP/1.0, with a length': `${HEAD.replace('1.1', '1.0')}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n${CHUNKED_HIDDEN}`,
  ...Object.fromEntries(
    [
      'zz',
      '-1',
      '+0',
      '0x0',
      ' 0',
      '0 ;',
      'g',
      '0_0',
      '',
      'ffffffffffffffffff',
      '0;\x00',
      '0\n',
      '0;a=b\n',
    ].map((size) => [
      `the chunk size ${JSON.stringify(size)}`,
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n${size}\r\n\r\n${HIDDEN}`,
    ]),
  ),
  'a chunk that is longer than it says': `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n${CHUNKED_HIDDEN}`,
  'a chunk without its end': `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\na0\r\n\r\n${HIDDEN}`,
  'a chunk that ends in a bare line feed': `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\na\n${CHUNKED_HIDDEN}`,
  'a flood of chunk extensions': `${HEAD}Transfer-Encoding: chunked\r\n\r\n1;${'a=b;'.repeat(10_000)}\r\na\r\n${CHUNKED_HIDDEN}`,
  'a flood of trailers': `${HEAD}Transfer-Encoding: chunked\r\n\r\n0\r\n${'x-flood: of trailers\r\n'.repeat(2_000)}\r\n${HIDDEN}`,
  'a NUL in a header': `${HEAD}X: a\0b\r\nContent-Length: 0\r\n\r\n${HIDDEN}`,
  'a header without a name': `${HEAD}: x\r\nContent-Length: 0\r\n\r\n${HIDDEN}`,
  'a header without a colon': `${HEAD}x\r\nContent-Length: 0\r\n\r\n${HIDDEN}`,
  'a header whose name has a space': `${HEAD}X Y: x\r\nContent-Length: 0\r\n\r\n${HIDDEN}`,
  'no host': `${HEAD.replace('Host: shop\r\n', '')}Content-Length: 0\r\n\r\n${HIDDEN}`,
}

/** What is not an HTTP request, or barely. */
const broken: Record<string, string> = {
  'HTTP/0.9': 'GET /products.json\r\n\r\n',
  'HTTP/2 without TLS': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'HTTP/3.7': 'GET / HTTP/3.7\r\nHost: shop\r\n\r\n',
  TLS: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'a method of its own': 'PAY / HTTP/1.1\r\nHost: shop\r\n\r\n',
  'a method in small letters': 'get / HTTP/1.1\r\nHost: shop\r\n\r\n',
  'a space in its address': 'GET /a b HTTP/1.1\r\nHost: shop\r\n\r\n',
  'bare line feeds': 'GET / HTTP/1.1\nHost: shop\n\n',
  'a response': 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  'a tunnel': 'CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example:443\r\n\r\n',
  'the webhook with a fragment': 'POST /webhook#x HTTP/1.1\r\nHost: shop\r\nContent-Length: 0\r\n\r\n',
  'the webhook of another scheme':
    'POST foo://shop/webhook HTTP/1.1\r\nHost: shop\r\nContent-Length: 0\r\n\r\n',
  'the address of another machine': 'GET http://elsewhere.example:80@/ HTTP/1.1\r\nHost: [\r\n\r\n',
}

describe('a request that could be read as two', () => {
  test('is rejected, and the hidden one is never handled', async () => {
    const { port } = await aStartedShop()
    const wrong: unknown[] = []
    for (const [what, bytes] of Object.entries(smuggled)) {
      const { statuses, heard } = await answersTo(port, bytes)
      const refused = statuses.length === 1 && [400, 413, 431, 501].includes(statuses[0] ?? 0)
      if (!refused || heard.endsWith('ok\n')) wrong.push({ what, statuses })
    }
    expect(wrong).toEqual([])
    await assertAlive(port)
  })
})

describe('what is not a request', () => {
  test('does no harm, and is forwarded nowhere', async () => {
    const { port } = await aStartedShop()
    const wrong: unknown[] = []
    for (const [what, bytes] of Object.entries(broken)) {
      const { statuses, heard } = await answersTo(port, bytes)
      if (statuses.some((status) => status >= 500) || heard.includes('elsewhere'))
        wrong.push({ what, statuses })
    }
    expect(wrong).toEqual([])
    await assertAlive(port)
  })

  test(`random bytes do no harm either (SEED=${SEED})`, async () => {
    const { port } = await aStartedShop()
    const chance = chanceOf(SEED)
    for (let time = 0; time < 100; time++) {
      const valid = Buffer.from(`${HEAD}Content-Length: 4\r\n\r\nbody`)
      const bytes = chance.pick([chance.bytes(1 + chance.number(300)), valid])
      if (bytes === valid) valid.writeUInt8(chance.number(256), chance.number(valid.length))
      const wire = aWire(port)
      wire.send(bytes)
      wire.socket.end()
      await wire.ended
      for (const status of wire.statuses()) expect(status).toBeLessThan(500)
    }
    await assertAlive(port)
  })
})

describe('too much', () => {
  test.each([
    ['of an address', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: shop\r\n\r\n`, 431],
    ['of one header', `${GET}X: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['of many headers', `${GET}${'x-flood: of headers\r\n'.repeat(2_000)}\r\n`, 431],
    ['of many cookies', `${GET}${'Cookie: a=b\r\n'.repeat(3_000)}\r\n`, 431],
    ['of a body that is only announced', `${HEAD}Content-Length: 1000000000000\r\n\r\n`, 413],
    [
      'of a body in chunks',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n${`1000\r\n${'a'.repeat(4_096)}\r\n`.repeat(5)}`,
      413,
    ],
    ['of tiny chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(17_000)}`, 413],
    [
      'of an order',
      `POST /create-intent HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n${' '.repeat(2_000)}`,
      413,
    ],
    [
      'of a redemption',
      `POST /redemptions HTTP/1.1\r\nHost: shop\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 2000\r\n\r\n${'a'.repeat(2_000)}`,
      413,
    ],
  ])('%s is rejected', async (_what, bytes, status) => {
    const { port } = await aStartedShop()
    const wire = aWire(port)
    wire.send(bytes)
    expect(await wire.answers(1)).toEqual([status])
    await assertAlive(port)
  })
})

test('a request after an oversized body is answered on the same connection', async () => {
  const { port } = await aStartedShop()
  const chunks = `1000\r\n${'a'.repeat(4_096)}\r\n`
  const wire = aWire(port)
  wire.send(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunks.repeat(5)}`)
  expect(await wire.answers(1)).toEqual([413])
  wire.send(`${chunks.repeat(500)}0\r\n\r\n${GET}\r\n`)
  expect(await wire.answers(2)).toEqual([413, 200])
})

test.each([
  ['/webhook', 'application/jwt'],
  ['/create-intent', 'application/json'],
  ['/redemptions', 'application/json'],
  ['/redemptions', 'application/x-www-form-urlencoded'],
])('a compressed body is rejected by %s (%s), and never inflated', async (path, type) => {
  const { port } = await aStartedShop()
  const bomb = gzipSync(Buffer.alloc(300_000, ' ')) // a few hundred bytes
  for (const coding of ['gzip', 'deflate', 'br', 'x-gzip', 'GZIP', 'gzip, identity']) {
    const wire = aWire(port)
    wire.send(
      `POST ${path} HTTP/1.1\r\nHost: shop\r\nContent-Type: ${type}\r\nContent-Encoding: ${coding}\r\nContent-Length: ${bomb.length}\r\n\r\n`,
    )
    wire.send(bomb)
    expect([coding, await wire.answers(1)]).toEqual([coding, [415]])
  }
  const wire = aWire(port)
  wire.send(
    `POST ${path} HTTP/1.1\r\nHost: shop\r\nContent-Type: ${type}\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${bomb.length.toString(16)}\r\n`,
  )
  wire.send(bomb)
  wire.send('\r\n0\r\n\r\n')
  const [status] = await wire.answers(1)
  expect([400, 413, 415, 501]).toContain(status)
})

describe('half requests', () => {
  test.each([
    ['a line', 'POST /webh'],
    ['headers', HEAD],
    ['a body', `${HEAD}Content-Length: 100\r\n\r\nhalf`],
    ['a chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\n64\r\nhalf`],
    [
      'an order',
      'POST /create-intent HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n{"product":"art',
    ],
  ])('that end after half of %s leave nothing behind', async (_what, bytes) => {
    const { port } = await aStartedShop()
    for (const goAway of ['end', 'destroy', 'resetAndDestroy'] as const) {
      const wire = aWire(port)
      await once(wire.socket, 'connect')
      await new Promise((done) => wire.socket.write(bytes, done))
      wire.socket[goAway]()
      await wire.ended
    }
    await assertAlive(port)
  })
})

describe('pipelined requests', () => {
  test('are all answered, in order', async () => {
    const { port } = await aStartedShop()
    const wire = aWire(port)
    const order = Array.from({ length: 100 }, (_, index) => (index % 3 === 0 ? '/nowhere' : '/healthz'))
    wire.send(order.map((path) => `GET ${path} HTTP/1.1\r\nHost: shop\r\n\r\n`).join(''))
    expect(await wire.answers(order.length)).toEqual(order.map((path) => (path === '/healthz' ? 200 : 404)))
  })

  test('end with the first that can’t be parsed', async () => {
    const { port } = await aStartedShop()
    const wire = aWire(port)
    wire.send(`${GET}\r\nnonsense\r\n\r\n${GET}\r\n`)
    await wire.ended
    expect(wire.statuses().filter((status) => status === 200).length).toBeLessThanOrEqual(1)
    await assertAlive(port)
  })
})
