import { networkInterfaces } from 'node:os'
import { describe, expect, test } from '@jest/globals'
import { readArguments, type Settings, UsageError } from '../../sandbox/arguments.ts'
import { listenError } from '../../sandbox/listen-error.ts'
import { allowsWebhookTo, findOwnName } from '../../sandbox/webhook-targets.ts'

const read = (...args: string[]) => readArguments(args) as Settings
const allows = (args: string[], url: string) => allowsWebhookTo(read(...args).targets, new URL(url))

describe('wrong arguments of the sandbox', () => {
  test.each([
    [['--port', 'many'], '--port must be a whole number from 1 to 65535, not many.'],
    [['--clock', '0'], '--clock must be'],
    [['--memory', '--data', 'x'], 'cannot be combined'],
    [['--data', ''], '--data needs a folder name'],
    [['--host', 'http://0.0.0.0'], '--host takes a host name'],
    [['--host', '0'], '--host takes a host name'],
    [['--allow-host', 'Sandbox'], '--allow-host takes a host name in lower case'],
    [['--allow-webhooks-to', 'http://shop.test/webhook'], '--allow-webhooks-to takes an origin'],
    [['--allow-webhooks-to', 'Shop.test'], 'takes a host name in lower case'],
    [['--allow-webhooks-to', 'shop.test:3030'], 'takes a host name in lower case'],
    [['--allow-shop', 'https://shop.test/path'], 'takes an origin'],
    [['--allow-shop', 'http://[::1]:4000'], 'Open the shop at a host name or an IPv4 address'],
    [['--public-url', 'tunnel.example'], 'takes an origin'],
    [['--public-url', ''], 'takes an origin'],
    [['--prot', '1'], 'Unknown option --prot\n'],
    [['3031'], 'Unexpected argument: 3031\n'],
  ])('%j are an error with a sentence', (args, sentence) => {
    expect(() => read(...args)).toThrow(UsageError)
    expect(() => read(...args)).toThrow(sentence)
  })

  test('--help yields no arguments', () => expect(readArguments(['--help'])).toBeUndefined())
})

test.each([
  ['EADDRINUSE', 3031, 'Choose another port: npm run sandbox -- --port 3032'],
  ['EADDRINUSE', 65_535, 'Choose another port: npm run sandbox -- --port 65534'],
  ['EACCES', 80, 'Choose a port from 1024 up: npm run sandbox -- --port 3031'],
  ['EADDRNOTAVAIL', 3031, 'This machine has no address 192.0.2.1'],
])('%s at port %i ends the sandbox with what to do', (code, port, sentence) => {
  const { message } = listenError(Object.assign(new Error(), { code }), '192.0.2.1', port)
  expect(message).toContain(sentence)
})

describe('webhooks', () => {
  test('may be sent to this machine, on any port', () => {
    const own = ['http://127.0.0.1:3030/', 'http://127.8.8.8/', 'https://localhost:1/', 'http://[::1]:2/']
    for (const url of own) expect([url, allows([], url)]).toEqual([url, true])
    const others = [
      'http://0.0.0.0/',
      'http://192.0.2.1/',
      'http://localhost.test/',
      'http://127.0.0.1.test/',
    ]
    for (const url of others) expect([url, allows([], url)]).toEqual([url, false])
  })

  test('may be sent to a host that is allowed, on any port, or to an origin on its own port', () => {
    const args = ['--allow-webhooks-to', 'shop.test', '--allow-webhooks-to', 'https://other.test']
    expect(allows(args, 'http://shop.test:8080/a')).toBe(true)
    expect(allows(args, 'https://other.test/a')).toBe(true)
    expect(allows(args, 'https://other.test:8443/a')).toBe(false)
    expect(allows(args, 'http://other.test/a')).toBe(false)
    expect(allows(args, 'http://127.0.0.1:3030/a')).toBe(true)
  })

  test.each([[['--public-url', 'https://tunnel.example']], [['--host', '0.0.0.0']], [['--host', '::']]])(
    'may be sent only to the origins of this machine that are named, where others can reach the sandbox: %j',
    (exposed) => {
      expect(allows(exposed, 'http://127.0.0.1:3030/webhook')).toBe(false)
      const named = [...exposed, '--allow-webhooks-to', 'http://127.0.0.1:3030']
      expect(allows(named, 'http://127.0.0.1:3030/webhook')).toBe(true)
      for (const url of ['http://127.0.0.1:22/', 'http://localhost:3030/', 'https://127.0.0.1:3030/'])
        expect([url, allows(named, url)]).toEqual([url, false])
      expect(() => read(...exposed, '--allow-webhooks-to', 'localhost')).toThrow(
        'needs the exact origin: http://localhost:3030',
      )
    },
  )
})

test('a host name that turns out to be this machine is found', async () => {
  const exposed = ['--public-url', 'https://tunnel.example', '--allow-webhooks-to']
  expect(await findOwnName(read(...exposed, '0.0.0.0').targets)).toBe('0.0.0.0')
  expect(await findOwnName(read(...exposed, '[::ffff:7f00:1]').targets)).toBe('[::ffff:7f00:1]')
  expect(await findOwnName(read(...exposed, '192.0.2.1').targets)).toBeUndefined()
  expect(await findOwnName(read('--allow-webhooks-to', '0.0.0.0').targets)).toBeUndefined()
})

describe('the hosts under which it answers', () => {
  test('are this machine’s names, unless it listens elsewhere', () => {
    expect(read().hosts).toEqual(['127.0.0.1', 'localhost', '127.0.0.1'])
    expect(read('--host', '192.0.2.1').hosts).toEqual(['192.0.2.1'])
    expect(read('--host', '::1')).toMatchObject({ host: '[::1]' })
  })

  test('are all of its addresses if it listens on all, and the names that are allowed', () => {
    const { hosts } = read('--host', '0.0.0.0', '--allow-host', 'sandbox')
    const [own] = Object.values(networkInterfaces()).flat()
    expect(hosts).toEqual(expect.arrayContaining(['localhost', '127.0.0.1', 'sandbox']))
    expect(hosts).toContain(own?.family === 'IPv6' ? `[${own.address}]` : own?.address)
  })
})
