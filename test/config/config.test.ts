import { createPublicKey, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { PublicKey } from '@code-wallet/keys'
import { describe, expect, test } from '@jest/globals'
import { ed25519 } from '@noble/curves/ed25519'
import express from 'express'
import { generateKey } from '../../sandbox/generate-key.ts'
import { environment } from '../../server/config/environment.ts'
import { type Config, readConfig } from '../../server/config/index.ts'
import { isSecret } from '../../server/config/setting-names.ts'

const DESTINATION = '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6'
const LIVE = { CODE_MODE: 'live', CODE_DESTINATION: DESTINATION }
const aSecret = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`
const CODES_KEY = 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'

describe('with an empty environment', () => {
  test('the shop is a sandbox on this machine alone', () => {
    expect(atThisMoment(readConfig({}))).toMatchObject({
      mode: 'sandbox',
      host: '127.0.0.1',
      port: 3030,
      embeddedSandbox: true,
      endpoint: 'http://127.0.0.1:3030/sandbox/v1',
      elementsUrl: '/sandbox/v1/elements',
      browserEndpoint: '/sandbox/v1',
      publicKeys: undefined,
      webhookUrl: 'http://127.0.0.1:3030/webhook',
      databaseUrl: 'sqlite:data/shop-sandbox.db',
      url: 'http://127.0.0.1:3030',
      trustProxy: false,
    })
  })

  test('an empty variable counts as not set', () => {
    expect(atThisMoment(readConfig({ PORT: '', CODE_MODE: ' ' }))).toEqual(atThisMoment(readConfig({})))
  })
})

describe('with a sandbox elsewhere', () => {
  test('none is mounted, and its frames stand beside its endpoint', () => {
    expect(atThisMoment(readConfig({ CODE_ENDPOINT: 'http://127.0.0.1:3031/v1/' }))).toMatchObject({
      embeddedSandbox: false,
      endpoint: 'http://127.0.0.1:3031/v1',
      elementsUrl: 'http://127.0.0.1:3031/v1/elements',
      webhookUrl: 'http://127.0.0.1:3030/webhook',
    })
  })
})

describe('live', () => {
  const live = { CODE_MODE: 'live', CODE_DESTINATION: DESTINATION }

  test('talks to Code, trusts Code’s key, and keeps a database of its own', () => {
    expect(atThisMoment(readConfig(live))).toMatchObject({
      endpoint: 'https://cash.getcode.com/v1',
      elementsUrl: 'https://sdk.getcode.com/v1/elements',
      publicKeys: ['codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'],
      databaseUrl: 'sqlite:data/shop-live.db',
      destination: DESTINATION,
      webhookUrl: undefined,
    })
  })

  test('with a public address, webhooks and success pages are there', () => {
    const config = readConfig({ ...live, PUBLIC_URL: 'https://shop.example.org' })
    expect(config.webhookUrl()).toBe('https://shop.example.org/webhook')
    expect(config.url()).toBe('https://shop.example.org')
    expect(config.origins()).toContain('https://shop.example.org')
  })

  test.each(['https://shop.example.org:8443', 'http://localhost:3030'])(
    'refuses a public address with a port, to which Code would deliver no webhooks: %s',
    (PUBLIC_URL) => {
      expect(() => readConfig({ ...live, PUBLIC_URL })).toThrow(
        /^PUBLIC_URL must not have a port when CODE_MODE=live: Code rejects webhook URLs with a port/,
      )
      expect(readConfig({ PUBLIC_URL }).publicUrl()).toBe(PUBLIC_URL) // a sandbox takes it
      expect(readConfig({ ...live, PUBLIC_URL: 'https://shop.example.org:443' }).publicUrl()).toBe(
        'https://shop.example.org',
      )
    },
  )

  test.each([
    'shop_1.example.org',
    'a..b',
    '-shop.example.org',
    'shop-.example.org',
    'shop',
    'localhost',
    '[2001:db8::7]',
  ])('refuses a public address whose host is none for Code’s webhooks: %s', (host) => {
    const PUBLIC_URL = `https://${host}`
    expect(() => readConfig({ ...live, PUBLIC_URL })).toThrow(
      /^PUBLIC_URL must have a host name like shop.example.org when CODE_MODE=live/,
    )
    expect(readConfig({ PUBLIC_URL }).publicUrl()).toBe(PUBLIC_URL) // a sandbox takes it
  })

  test.each(['shop.example.org', 'xn--bcher-kva.example', '203.0.113.7', 'a-b.trycloudflare.com'])(
    'takes a public address with a host to which Code delivers: %s',
    (host) => {
      const PUBLIC_URL = `https://${host}`
      expect(readConfig({ ...live, PUBLIC_URL }).webhookUrl()).toBe(`${PUBLIC_URL}/webhook`)
    },
  )

  test('requires a destination, and not the one of test money', () => {
    const ofTestMoney = readConfig({}).destination
    for (const env of [{ CODE_MODE: 'live' }, { CODE_MODE: 'live', CODE_DESTINATION: ofTestMoney }]) {
      expect(() => readConfig(env)).toThrow('CODE_DESTINATION must be your own deposit address')
    }
  })
})

describe('a faulty environment', () => {
  test.each([
    ['PORT', '70000'],
    ['PORT', 'abc'],
    ['PORT', '6000'],
    ['CODE_ENDPOINT', 'http://127.0.0.1:4190/v1'],
    ['PUBLIC_URL', 'https://shop.example.org:10080'],
    ['HOST', 'my shop'],
    ['CODE_MODE', 'test'],
    ['CODE_DESTINATION', 'not-base58'],
    ['CODE_DESTINATION', '0x1234'],
    ['CODE_PUBLIC_KEY', 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR,oops'],
    ['CODE_PUBLIC_KEY', 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'],
    ['CODE_PUBLIC_KEY', '1'.repeat(32)],
    ['CODE_ENDPOINT', 'cash.getcode.com'],
    ['PUBLIC_URL', 'http://shop.example.org'],
    ['JOURNAL_INCOME_ACCOUNT', 'income:sales; note'],
    ['JOURNAL_INCOME_ACCOUNT', 'two  spaces'],
    ['JOURNAL_REFUNDS_ACCOUNT', '(virtual)'],
    ['JOURNAL_ASSETS_ACCOUNT', 'assets:'],
    ['PUBLIC_URL', 'https://shop.example.org/shop'],
    ['PUBLIC_URL', 'shop.example.org'],
    ['PUBLIC_URL', 'https://me@shop.example.org'],
    ['DATABASE_URL', 'mysql://localhost/shop'],
    ['DATABASE_URL', 'sqlite: :memory:'],
    ['DATABASE_URL', 'sqlite::memory:'],
    ['DATABASE_URL', 'sqlite: data/shop.db'],
    ['DATABASE_URL', 'sqlite:data/shop.db '],
    ['DATABASE_URL', 'postgres:shop'],
    ['DATABASE_URL', 'postgres://shop:a,b@one,other/shop'],
    ['DATABASE_URL', 'postgres://one:5432,other:5432/shop'],
    ['DATABASE_URL', 'postgres://shop:pass/word@localhost/shop'],
    ['DATABASE_URL', 'postgres://localhost/shop?search_path=mine'],
    ['DATABASE_URL', 'postgresql://localhost/shop?sslmode=verify-full&schema=mine'],
    ['DATABASE_URL', 'postgresql://localhost/shop?currentSchema=mine'],
    ['CODE_MAXIMUM', '5'],
    ['CODE_MAXIMUM', '250.01 usd'],
    ['CODE_MAXIMUM', '0.04 usd'],
    ['CREATE_INTENT_PER_MINUTE', '0'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '*'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'loopback/8'],
    ['TRUST_PROXY', '10'],
    ['TRUST_PROXY', '10.1'],
    ['TRUST_PROXY', '0x0a000000'],
    ['TRUST_PROXY', '010.0.0.1'],
    ['TRUST_PROXY', '10.0.0.0/0'],
    ['TRUST_PROXY', '10.0.0.0/255.0.0.0'],
    ['TRUST_PROXY', '10.0.0.0/'],
    ['TRUST_PROXY', '::1/129'],
    ['TRUST_PROXY', '1,loopback'],
    ['TRUST_PROXY', 'loopback,,10.0.0.1'],
    ['TRUST_PROXY', 'loopback 10.0.0.1'],
    ['TIME_ZONE', 'Berlin'],
    ['TIME_ZONE', '+02:00'],
    ['TIME_ZONE', 'CEST+2'],
    ['TIME_ZONE', '../Europe/Berlin'],
    ['ADMIN_TOKEN', 'x'.repeat(31)],
    ['ADMIN_TOKEN', 'x'.repeat(257)],
    ['ADMIN_TOKEN', 'a sentence with spaces is not a token'],
    ['EXPORT_TOKEN', 'ü'.repeat(40)],
    ['METRICS_TOKEN', 'short'],
  ])('%s=%s is refused in a sentence that names it and says what it should look like', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must `))
  })

  test.each([
    [
      { CODE_DESTINATION: CODES_KEY },
      /^CODE_DESTINATION must be a deposit address; this is the key that signs/,
    ],
    [
      {
        CODE_ENDPOINT: 'http://127.0.0.1:3031/v1',
        CODE_DESTINATION: DESTINATION,
        CODE_PUBLIC_KEY: DESTINATION,
      },
      /^CODE_DESTINATION must be a deposit address; this is the key/,
    ],
    [
      { CODE_ENDPOINT: 'https://cash.getcode.com/v1' },
      /^CODE_ENDPOINT must not be Code itself in sandbox mode/,
    ],
    [{ CODE_ENDPOINT: 'https://API.GetCode.com' }, /^CODE_ENDPOINT must not be Code itself in sandbox mode/],
    [
      { CODE_ELEMENTS_URL: 'https://sdk.getcode.com/v1/elements' },
      /^CODE_ELEMENTS_URL must not be Code itself in sandbox mode/,
    ],
    [
      { CODE_ENDPOINT: 'http://127.0.0.1:21100' },
      /^CODE_ENDPOINT must end in \/v1, .*: http:\/\/127\.0\.0\.1:21100\/v1 /,
    ],
    [
      { CODE_ENDPOINT: 'http://127.0.0.1:21100/v1/api/', CODE_PUBLIC_KEY: CODES_KEY },
      /^CODE_ENDPOINT must end in \/v1, .*: http:\/\/127\.0\.0\.1:21100\/v1 /,
    ],
    [{ CODE_ENDPOINT: 'http://[::1]:21108/v1' }, /^CODE_ENDPOINT must not have an IPv6 address .*localhost/],
    [
      { CODE_ELEMENTS_URL: 'http://[::1]:21108/v1/elements' },
      /^CODE_ELEMENTS_URL must not have an IPv6 address .*localhost/,
    ],
    [{ ...LIVE, CODE_ENDPOINT: 'http://cash.example/v1' }, /^CODE_ENDPOINT must be an https address when/],
    [{ ...LIVE, CODE_ENDPOINT: 'http://127.0.0.1:3031/v1' }, /^CODE_ENDPOINT must be an https address when/],
    [
      { ...LIVE, CODE_ELEMENTS_URL: 'http://cash.example/v1' },
      /^CODE_ELEMENTS_URL must be an https address when/,
    ],
    [
      { ...LIVE, TRUST_PROXY: 'loopback' },
      /^PUBLIC_URL must be set when CODE_MODE=live and TRUST_PROXY is set/,
    ],
    [{ TRUST_PROXY: '0.0.0.0/0' }, /^TRUST_PROXY must not be every address: any client/],
    [{ TRUST_PROXY: 'loopback, ::/0' }, /^TRUST_PROXY must not be every address: any client/],
  ])('%j is refused with the sentence that helps', (env, sentence) => {
    expect(() => readConfig(env)).toThrow(sentence)
    expect(() => readConfig(env)).not.toThrow(/\n/) // and nothing else
  })

  test('what looks like Code but isn’t may be a sandbox elsewhere', () => {
    for (const CODE_ENDPOINT of ['https://notgetcode.com/v1', 'https://getcode.com.example/v1'])
      expect(readConfig({ CODE_ENDPOINT }).endpoint).toBe(CODE_ENDPOINT)
  })

  test('shows all faults together, and no secret', () => {
    const read = () =>
      readConfig({
        CODE_MODE: 'live',
        PORT: 'x',
        LOG_LEVEL: 'y',
        DATABASE_URL: 'postgres://u:hunter2@h:port/d',
      })
    expect(read).toThrow(/DATABASE_URL .*\nPORT .*\nLOG_LEVEL .*\nCODE_DESTINATION /)
    expect(read).not.toThrow('hunter2')
  })

  test.each([
    ['ADMIN_TOKEN', true],
    ['ALERT_WEBHOOK_SECRET', true],
    ['DATABASE_URL', true],
    ['SMTP_PASSWORD', true],
    ['MAILER_API_KEY', true],
    ['SENTRY_DSN', true],
    ['CODE_PUBLIC_KEY', false],
    ['PUBLIC_URL', false],
    ['PORT', false],
  ])('shows in no error what %s is: %j, also for a setting of the merchant’s own', (name, expected) => {
    expect(isSecret(name)).toBe(expected)
  })

  test('takes three tokens that differ, and shows none of them', () => {
    const tokens = {
      ADMIN_TOKEN: 'hunter2'.repeat(5),
      EXPORT_TOKEN: 'b'.repeat(32),
      METRICS_TOKEN: 'c'.repeat(256),
    }
    expect(readConfig(tokens)).toMatchObject({
      adminToken: tokens.ADMIN_TOKEN,
      exportToken: tokens.EXPORT_TOKEN,
      metricsToken: tokens.METRICS_TOKEN,
    })
    for (const changes of [
      { EXPORT_TOKEN: tokens.ADMIN_TOKEN },
      { METRICS_TOKEN: tokens.ADMIN_TOKEN },
      { METRICS_TOKEN: tokens.EXPORT_TOKEN },
    ]) {
      const read = () => readConfig({ ...tokens, ...changes })
      expect(read).toThrow(new RegExp(`^${Object.keys(changes)[0]} must differ from the other tokens`))
      expect(read).not.toThrow('hunter2')
    }
    expect(() => readConfig({ ADMIN_TOKEN: 'hunter2' })).not.toThrow('hunter2')
    expect(() => readConfig({ ADMIN_TOKEN: 'hunter2' })).toThrow(/^ADMIN_TOKEN must be 32 to 256 visible/)
  })

  test('takes any time zone of IANA’s', () => {
    for (const TIME_ZONE of [
      'UTC',
      'Europe/Berlin',
      'America/Argentina/Buenos_Aires',
      'Etc/GMT+5',
      'Asia/Kathmandu',
    ])
      expect(readConfig({ TIME_ZONE }).timeZone).toBe(TIME_ZONE)
    expect(readConfig({}).timeZone).toBe('UTC')
  })

  test('does not show the password of a URL', () => {
    const read = () => readConfig({ PUBLIC_URL: 'https://me:hunter2@shop.example.org' })
    expect(read).toThrow(/^PUBLIC_URL must be an https address/)
    expect(read).not.toThrow('hunter2')
  })

  test.each([
    ['CODE_MOED', 'CODE_MODE'],
    ['CODEMODE', 'CODE_MODE'],
    ['code_mode', 'CODE_MODE'],
    ['CODE-MODE', 'CODE_MODE'],
    ['СODE_MODE', 'CODE_MODE'], // its first letter is Cyrillic
    ['DATABASE_URI', 'DATABASE_URL'],
    ['PUBLICURL', 'PUBLIC_URL'],
    ['CREATE_INTENTS_PER_MINUTE', 'CREATE_INTENT_PER_MINUTE'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['TRUST_PROXIES', undefined],
    ['CODE_PUBLIC_KEYS', 'CODE_PUBLIC_KEY'],
    ['CODE_SANDBOX', ''],
    ['Code_Network', ''],
    ['MODE', undefined],
    ['NODE_ENVS', undefined], // the names of other programs may be as near as that
    ['POSTGRES_PASSWORD', undefined],
    ['PORTS', undefined],
    ['TEST_DATABASE_URL', undefined],
  ])('a name like %s means %s', (name, meant) => {
    const sentence = meant ? `: did you mean ${meant}?` : '; .env.example lists all of them'
    const reading = () => readConfig({ [name]: 'hunter2' })
    if (meant === undefined) expect(atThisMoment(reading())).toEqual(atThisMoment(readConfig({})))
    else expect(reading).toThrow(new Error(`${name} is not a setting of the shop${sentence}`))
  })

  test('a misspelled name is shown together with the other faults', () => {
    expect(() => readConfig({ CODE_MOED: 'live', PORT: 'x' })).toThrow(/^CODE_MOED is not .*\nPORT must be /)
  })

  test('in production, the mode must be set', () => {
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(
      'CODE_MODE must be set when NODE_ENV=production',
    )
    expect(readConfig({ NODE_ENV: 'production', CODE_MODE: 'sandbox' }).production).toBe(true)
  })
})

describe('addresses and proxies', () => {
  test.each([
    ['0.0.0.0', 'http://127.0.0.1:3030'],
    ['::', 'http://127.0.0.1:3030'],
    ['::1', 'http://[::1]:3030'],
    ['localhost', 'http://localhost:3030'],
  ])('listening on %s, the shop calls itself at %s', (HOST, localUrl) => {
    expect(readConfig({ HOST }).localUrl).toBe(localUrl)
  })

  test('on port 80, which browsers and webhooks leave out, the shop calls itself as they do', () => {
    const { localUrl, webhookUrl, endpoint } = readConfig({ PORT: '80' })
    expect([localUrl, webhookUrl()]).toEqual(['http://127.0.0.1', 'http://127.0.0.1/webhook'])
    expect(endpoint).toBe('http://127.0.0.1/sandbox/v1')
  })

  test.each([
    ['off', false],
    ['1', 1],
    ['loopback', 'loopback'],
    ['10.0.0.0/8,::1', '10.0.0.0/8,::1'],
    ['uniquelocal, linklocal, 2001:db8::/32', 'uniquelocal, linklocal, 2001:db8::/32'],
    ['::ffff:10.0.0.0/104', '::ffff:10.0.0.0/104'],
  ])('TRUST_PROXY=%s', (TRUST_PROXY, setting) => {
    expect(readConfig({ TRUST_PROXY }).trustProxy).toBe(setting)
    expect(() => express().set('trust proxy', setting)).not.toThrow()
  })

  test('a public address is kept as browsers and Code write it', () => {
    expect(readConfig({ PUBLIC_URL: 'https://Shop.Example.org:443/' }).webhookUrl()).toBe(
      'http://127.0.0.1:3030/webhook',
    )
    expect(readConfig({ PUBLIC_URL: 'https://Shop.Example.org:443/' }).url()).toBe('https://shop.example.org')
  })

  test.each([
    'postgres://localhost/shop',
    'postgresql://u:p%2Fw@db.example:6432/shop?sslmode=verify-full',
    'postgres://shop:a,b@127.0.0.1:5432/shop',
    'postgres://shop:a,b@localhost',
    'postgres://localhost/shop?sslmode=verify-full&options=-c%20search_path%3Dmine',
  ])('the database may be %s', (DATABASE_URL) => {
    expect(readConfig({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL)
  })

  test('http is public enough for this machine alone', () => {
    expect(readConfig({ PUBLIC_URL: 'http://localhost:3030' }).url()).toBe('http://localhost:3030')
  })
})

describe('alerts', () => {
  const ALERT_WEBHOOK_URL = 'https://hooks.example.org/shop?token=hunter2'

  test('are sent where both settings say, and to public addresses only', () => {
    const secret = aSecret(32)
    expect(readConfig({}).alerts).toBeUndefined()
    expect(readConfig({ ALERT_WEBHOOK_URL, ALERT_WEBHOOK_SECRET: secret }).alerts).toEqual({
      url: ALERT_WEBHOOK_URL,
      secret,
      allowPrivate: false,
    })
  })

  test('may go to this machine, without encryption, if that is allowed', () => {
    const env = { ALERT_WEBHOOK_URL: 'http://127.0.0.1:4000/', ALERT_WEBHOOK_SECRET: aSecret(24) }
    expect(() => readConfig(env)).toThrow(
      /^ALERT_WEBHOOK_URL must be an https address\. With ALERT_ALLOW_PRIVATE=1/,
    )
    expect(readConfig({ ...env, ALERT_ALLOW_PRIVATE: '1' }).alerts).toMatchObject({ allowPrivate: true })
  })

  test.each([24, 32, 64])('are signed with a secret of %i bytes', (bytes) => {
    expect(readConfig({ ALERT_WEBHOOK_URL, ALERT_WEBHOOK_SECRET: aSecret(bytes) }).alerts).toBeDefined()
  })

  test.each([
    ['too short', aSecret(23)],
    ['too long', aSecret(65)],
    ['without its beginning', aSecret(32).slice('whsec_'.length)],
    ['with another beginning', aSecret(32).replace('whsec_', 'whpk_')],
    ['cut off', aSecret(32).slice(0, -1)],
    ['of base64url', `whsec_${'-_'.repeat(22)}`],
    ['with a space', `${aSecret(32)} `],
    ['empty', 'whsec_'],
  ])('don’t accept a secret that is %s, and don’t show it', (_, ALERT_WEBHOOK_SECRET) => {
    const read = () => readConfig({ ALERT_WEBHOOK_URL, ALERT_WEBHOOK_SECRET })
    expect(read).toThrow(
      /^ALERT_WEBHOOK_SECRET must be whsec_ and the base64 text of 24 to 64 random bytes\. Make one/,
    )
    expect(read).not.toThrow(ALERT_WEBHOOK_SECRET.slice('whsec_'.length) || 'found')
    expect(read).not.toThrow(/\n/)
  })

  test.each([
    [{ ALERT_WEBHOOK_URL }, /^ALERT_WEBHOOK_SECRET must be set for ALERT_WEBHOOK_URL, so that/],
    [{ ALERT_WEBHOOK_SECRET: aSecret(32) }, /^ALERT_WEBHOOK_URL must be set for ALERT_WEBHOOK_SECRET/],
    [
      { ALERT_WEBHOOK_URL: 'ftp://hunter2.example', ALERT_WEBHOOK_SECRET: aSecret(32) },
      /^ALERT_WEBHOOK_URL must be a web address/,
    ],
    [
      { ALERT_WEBHOOK_URL: 'https://me:hunter2@hooks.example', ALERT_WEBHOOK_SECRET: aSecret(32) },
      /^ALERT_WEBHOOK_URL must be a web address without user and password/,
    ],
    [
      { ALERT_WEBHOOK_URL: 'http://hooks.example/hunter2', ALERT_WEBHOOK_SECRET: aSecret(32) },
      /^ALERT_WEBHOOK_URL must be an https address/,
    ],
    [{ ALERT_ALLOW_PRIVATE: 'yes' }, /^ALERT_ALLOW_PRIVATE must be 1, or be left out/],
  ])('are explained when they can’t be sent: %j', (env, sentence) => {
    const read = () => readConfig(env as Record<string, string>)
    expect(read).toThrow(sentence)
    expect(read).not.toThrow(/hunter2|\n/)
  })
})

describe('.env.example', () => {
  const example = readFileSync('.env.example', 'utf8')
  const documented = [...example.matchAll(/^(?:# ?)?([A-Z_\d]+)=(.*)$/gm)]

  test('has every variable that the shop reads, and no other', () => {
    expect(documented.map(([, name]) => name).sort()).toEqual(Object.keys(environment.shape).sort())
  })

  const isSecret = (name = '') => /_(TOKEN|SECRET)$/.test(name)

  test('and its examples are valid, together', () => {
    const env = Object.fromEntries(
      documented.filter(([, name]) => !isSecret(name)).map(([, name, value]) => [name, value]),
    )
    expect(() => readConfig({ ...env, ALERT_WEBHOOK_SECRET: aSecret(32) })).not.toThrow()
  })

  test('but those of secrets are refused, since everybody can read them', () => {
    const secrets = documented.filter(([, name]) => isSecret(name))
    expect(secrets.map(([, name]) => name)).toEqual([
      'ADMIN_TOKEN',
      'EXPORT_TOKEN',
      'METRICS_TOKEN',
      'TUNNEL_TOKEN',
      'ALERT_WEBHOOK_SECRET',
    ])
    for (const [, name = '', value = ''] of secrets)
      expect(() => readConfig({ [name]: value })).toThrow(
        new RegExp(`^${name} must not be the example(?!.*${value})`),
      )
  })
})

test('docs/configuration.md explains every variable that the shop reads, and no other', () => {
  const page = readFileSync('docs/configuration.md', 'utf8')
  const explained = [...page.matchAll(/^(?:\| )?`([A-Z_\d]+)` (?:\||is )/gm)].map(([, name]) => name)
  expect(new Set(explained)).toEqual(new Set(Object.keys(environment.shape)))
})

describe('a public key under which anybody can sign', () => {
  const smallOrder = [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ].flatMap((hex) =>
    [0, 0x80].map((sign) => {
      const point = Buffer.from(hex, 'hex')
      point.writeUInt8(point.readUInt8(31) | sign, 31)
      return point
    }),
  )

  /**
   * Tries a signature made without any private key: S is zero, and R a point of small order, too. Node itself rejects it
   * from version 24 on, so this asks a verifier that follows RFC 8032 literally.
   */
  function isForgeable(point: Buffer): boolean {
    const messages = Array.from({ length: 64 }, (_, number) => Buffer.from(`pay order ${number}`))
    return messages.some((message) =>
      smallOrder.some((r) =>
        ed25519.verify(Buffer.concat([r, Buffer.alloc(32)]), message, point, { zip215: true }),
      ),
    )
  }

  test.each(smallOrder.map((point) => ({ hex: point.toString('hex'), point })))(
    '$hex is refused, and would really be open to all',
    ({ point }) => {
      expect(isForgeable(point)).toBe(true)
      const CODE_PUBLIC_KEY = new PublicKey(point).toBase58()
      expect(() => readConfig({ CODE_MODE: 'live', CODE_DESTINATION: DESTINATION, CODE_PUBLIC_KEY })).toThrow(
        /^CODE_PUBLIC_KEY must not be a small-order key/,
      )
      const keys = `${CODES_KEY},${CODE_PUBLIC_KEY}`
      expect(() =>
        readConfig({ CODE_MODE: 'live', CODE_DESTINATION: DESTINATION, CODE_PUBLIC_KEY: keys }),
      ).toThrow(/^CODE_PUBLIC_KEY must not be a small-order key/)
    },
  )
})

describe('a public key', () => {
  const read = (bytes: Buffer) =>
    readConfig({
      CODE_MODE: 'live',
      CODE_DESTINATION: DESTINATION,
      CODE_PUBLIC_KEY: new PublicKey(bytes).toBase58(),
    })

  test('that somebody has made is accepted', () => {
    for (let made = 0; made < 50; made++) {
      const { x = '' } = createPublicKey(generateKey()).export({ format: 'jwk' })
      expect(read(Buffer.from(x, 'base64url')).publicKeys).toHaveLength(1)
    }
  })

  test('that is not on the curve is rejected, although it is an address', () => {
    const offCurve = Buffer.alloc(32).fill(2, 0, 1) // for y = 2 there is no x
    expect(() => read(offCurve)).toThrow(/^CODE_PUBLIC_KEY must be an Ed25519 public key/)
    expect(() => readConfig({ CODE_DESTINATION: new PublicKey(offCurve).toBase58() })).not.toThrow()
  })

  test('is rejected in each encoding that is not canonical', () => {
    for (
      let above = 2;
      above < 19;
      above++ // y = p + above, which should have been written as above
    )
      for (const sign of [0, 0x80]) {
        const bytes = Buffer.alloc(32, 0xff)
        bytes.writeUInt8(0xed + above, 0)
        bytes.writeUInt8(0x7f | sign, 31)
        expect(() => read(bytes)).toThrow(/^CODE_PUBLIC_KEY must be an Ed25519 public key/)
      }
  })
})

/** The configuration with its URLs, which are functions because they may change. */
function atThisMoment(config: Config) {
  const { publicUrl, url, origins, webhookUrl } = config
  return { ...config, publicUrl: publicUrl(), url: url(), origins: origins(), webhookUrl: webhookUrl() }
}
