import { describe, expect, test } from '@jest/globals'
import { takeAnswers } from '../../server/live/answers.ts'
import { type Given, readArguments, UsageError } from '../../server/live/arguments.ts'
import { askAnswers } from '../../server/live/ask.ts'
import { configure, describeChange, settingsFor, settingsOfTrial } from '../../server/live/settings.ts'

const DESTINATION = '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6'
const TOKEN = Buffer.from(JSON.stringify({ a: 'account', t: 'tunnel', s: 'c2VjcmV0' })).toString('base64')

describe('the arguments', () => {
  test.each([
    [['--yes'], '--yes needs --mode live'],
    [['--mode', 'sandbox'], '--mode can only be live'],
    [['--try', '--domain', 'shop.example'], 'exclude each other'],
    [['--try', '--tunnel'], '--tunnel belongs to --domain'],
    [['--token-stdin'], '--token-stdin belongs to'],
    [['--token', TOKEN], 'Unknown option --token'],
    [['--undo', '--domain', 'shop.example'], '--undo excludes --domain'],
    [['live'], 'Unexpected argument: live'],
  ])('%j are rejected', (args, fault) => {
    expect(() => readArguments(args)).toThrow(UsageError)
    expect(() => readArguments(args)).toThrow(fault)
  })

  test('that ask for help or to undo need no others', () => {
    expect(readArguments(['--help', '--undo', '--try'])).toMatchObject({ help: true })
    expect(readArguments(['--undo', '--yes'])).toEqual({ undo: true, yes: true })
  })
})

describe('the answers', () => {
  const take = (given: Given, settings = {}) => takeAnswers({ given, settings, isNamed: false })

  test('come from the arguments, and otherwise from what is set', () => {
    expect(take({ destination: DESTINATION, try: true })).toEqual({
      destination: DESTINATION,
      name: undefined,
      way: { kind: 'try' },
    })
    const settings = { CODE_DESTINATION: DESTINATION, PUBLIC_URL: 'https://shop.example.org' }
    expect(take({}, settings).way).toEqual({ kind: 'domain', host: 'shop.example.org' })
    expect(take({}, { ...settings, TUNNEL_TOKEN: TOKEN }).way).toEqual({
      kind: 'tunnel',
      host: 'shop.example.org',
      token: TOKEN,
    })
    expect(take({ domain: 'https://Shop.Example.org/' }, settings).way).toEqual({
      kind: 'domain',
      host: 'shop.example.org',
    })
  })

  test('have a host name in other letters as DNS and browsers write it', () => {
    const hostOf = (domain: string) => take({ destination: DESTINATION, domain }).way
    expect(hostOf('https://Bücher.example/')).toMatchObject({ host: 'xn--bcher-kva.example' })
    expect(hostOf('магазин.рф')).toMatchObject({ host: 'xn--80aairftm.xn--p1ai' })
  })

  test('have no second name, which is said before anything is asked', async () => {
    const known = {
      given: { destination: DESTINATION, try: true, name: 'Mine' },
      settings: {},
      isNamed: true,
    }
    expect(() => takeAnswers(known)).toThrow(/^--name: .* has a name already.* Nothing was changed\.$/)
    await expect(askAnswers(known, AbortSignal.abort())).rejects.toThrow(/has a name already/)
  })

  test.each([
    ['no deposit address', { try: true }, 'The deposit address is needed'],
    ['half of one', { destination: '9joz92rMXnS8', try: true }, 'no deposit address: it must be 32 bytes'],
    [
      'the sandbox’s, which is published',
      { destination: 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR', try: true },
      'someone else',
    ],
    [
      'Code’s key',
      { destination: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR', try: true },
      'the key that signs webhooks',
    ],
    ['no address', { destination: DESTINATION }, 'The address is missing'],
    ['an address with a path', { destination: DESTINATION, domain: 'shop.example/x' }, 'without a path'],
    ['one in other letters', { destination: DESTINATION, domain: 'bücher.example/x' }, 'without a path'],
    ['an address with a port', { destination: DESTINATION, domain: 'shop.example:8443' }, 'without a port'],
    ['this machine', { destination: DESTINATION, domain: 'localhost' }, 'your own domain'],
    ['an IP address', { destination: DESTINATION, domain: '203.0.113.7' }, 'your own domain'],
    ['a quick tunnel’s name', { destination: DESTINATION, domain: 'a-b.trycloudflare.com' }, 'choose to try'],
    ['no token', { destination: DESTINATION, domain: 'shop.example', tunnel: true }, 'no token of a tunnel'],
    ['an empty name', { destination: DESTINATION, try: true, name: ' ' }, 'The name is needed'],
    [
      'a name that the catalogue doesn’t take',
      { destination: DESTINATION, try: true, name: 'x'.repeat(61) },
      'The name must have at most 60 characters',
    ],
  ])('with %s are rejected, and nothing is changed', (_what, given, fault) => {
    expect(() => take(given)).toThrow(fault)
    expect(() => take(given)).toThrow(/Nothing was changed\.$/)
  })

  test.each([`"${TOKEN}"`, TOKEN.replace(/.{20}/, '$&\n'), `${TOKEN}\n`, `TUNNEL_TOKEN=${TOKEN}`])(
    'with a token like %j are rejected, since .env can’t have it as it is',
    (TUNNEL_TOKEN) => {
      const given = { destination: DESTINATION, domain: 'shop.example', tunnel: true }
      expect(() => take(given, { TUNNEL_TOKEN })).toThrow(/no token of a tunnel.* Nothing was changed\.$/)
    },
  )
})

describe('the settings', () => {
  const answers = { destination: DESTINATION, name: undefined }
  const none = { inFile: {}, inEnvironment: {} }

  test('of a trial name no public URL, and believe the tunnel only while it runs', () => {
    const changes = settingsFor({ ...answers, way: { kind: 'try' } }, none)
    expect(changes).toEqual({
      CODE_MODE: 'live',
      CODE_DESTINATION: DESTINATION,
      ADMIN_TOKEN: expect.stringMatching(/^[0-9a-f]{64}$/),
      PUBLIC_URL: undefined,
    })
    expect(settingsOfTrial(none)).toEqual({ TRUST_PROXY: 'loopback' })
    expect(configure(changes, none).mode).toBe('live')
  })

  test.each(['loopback', '1', '10.0.0.2'])('of a trial don’t keep a proxy in .env: %s', (TRUST_PROXY) => {
    const settings = { inFile: { TRUST_PROXY, PUBLIC_URL: 'https://shop.example' }, inEnvironment: {} }
    const changes = settingsFor({ ...answers, way: { kind: 'try' } }, settings)
    expect(changes).toMatchObject({ PUBLIC_URL: undefined, TRUST_PROXY: undefined })
    expect(configure(changes, settings).trustProxy).toBe(false)
    const inEnvironment = { TRUST_PROXY }
    expect(() => configure(changes, { inFile: {}, inEnvironment })).toThrow(/^TRUST_PROXY is set in the env/)
  })

  test('of a trial leave a proxy alone that is switched off', () => {
    const settings = { inFile: {}, inEnvironment: { TRUST_PROXY: 'off' } }
    const changes = settingsFor({ ...answers, way: { kind: 'try' } }, settings)
    expect(configure(changes, settings).trustProxy).toBe(false)
  })

  test('of a tunnel believe the address from which it connects', () => {
    const way = { kind: 'tunnel', host: 'shop.example', token: TOKEN } as const
    const changes = settingsFor({ ...answers, way }, none)
    expect(changes).toMatchObject({
      PUBLIC_URL: 'https://shop.example',
      TRUST_PROXY: 'loopback',
      NODE_ENV: 'production',
      TUNNEL_TOKEN: TOKEN,
    })
    for (const [HOST, TRUST_PROXY] of [
      ['0.0.0.0', 'loopback'],
      ['192.168.1.20', '192.168.1.20'],
    ])
      expect(settingsFor({ ...answers, way }, { ...none, inFile: { HOST: String(HOST) } })).toMatchObject({
        TRUST_PROXY,
      })
  })

  test('keep what the merchant has set for their own web server, their desk and their environment', () => {
    const inFile = { TRUST_PROXY: '10.0.0.2', ADMIN_TOKEN: 'a'.repeat(32) }
    const changes = settingsFor(
      { ...answers, way: { kind: 'domain', host: 'shop.example' } },
      { inFile, inEnvironment: { NODE_ENV: 'production' } },
    )
    expect(Object.keys(changes)).toEqual(['CODE_MODE', 'CODE_DESTINATION', 'PUBLIC_URL'])
  })

  test('that the environment would overrule are not written', () => {
    const changes = settingsFor({ ...answers, way: { kind: 'try' } }, none)
    const inEnvironment = { PUBLIC_URL: 'https://shop.example' }
    expect(() => configure(changes, { inFile: {}, inEnvironment })).toThrow(
      /^PUBLIC_URL is set in the environment.*Nothing was changed\.$/,
    )
  })

  test('show only the end of a secret', () => {
    expect(describeChange('TUNNEL_TOKEN', TOKEN)).toBe(`TUNNEL_TOKEN=…${TOKEN.slice(-4)}`)
    expect(describeChange('CODE_MODE', 'live')).toBe('CODE_MODE=live')
  })
})
