import { describe, expect, test } from '@jest/globals'
import { isPublic } from '../../server/checks/addresses.ts'
import { DAY_MS } from '../../server/time.ts'
import { aCertificate, listenSecurely } from '../support/certificate.ts'
import { aPatient, aProxyTo, SHOP } from '../support/doctor.ts'
import { aStartedShop } from '../support/started.ts'

const ONLY = { only: ['public address'] }

const anError = (code: string) => Object.assign(new Error(code), { code })

describe('the name', () => {
  test('that leads to the internet is fine, one that leads nowhere or into a private network is broken', async () => {
    const patient = await aPatient()
    const dns = async (resolve: () => Promise<string[]>) => {
      patient.network.resolve = resolve
      return (await patient.examine({}, ONLY)).of('dns')
    }
    expect(await dns(async () => ['198.51.100.7', '2001:db8::7'])).toMatchObject({
      verdict: 'fine',
      meaning: 'It leads to 198.51.100.7, 2001:db8::7.',
    })
    expect(await dns(async () => ['192.168.1.20'])).toMatchObject({ verdict: 'broken' })
    expect(await dns(async () => ['198.51.100.7', 'fd12::1'])).toMatchObject({
      verdict: 'look-at-this',
      meaning: expect.stringContaining('fd12::1 can only be reached'),
    })
    expect(await dns(() => Promise.reject(anError('ENOTFOUND')))).toMatchObject({
      verdict: 'broken',
      meaning: expect.stringContaining('leads nowhere'),
    })
  })

  test('that only this machine’s own list of names leads elsewhere is to be looked at, not broken', async () => {
    const patient = await aPatient()
    patient.network.resolve = async () => ['127.0.1.1']
    patient.network.resolveByDns = async () => ['198.51.100.7']
    expect((await patient.examine({}, ONLY)).of('dns')).toMatchObject({
      verdict: 'look-at-this',
      meaning: expect.stringContaining(
        'It leads to 198.51.100.7, but this machine’s /etc/hosts says otherwise: 127.0.1.1.',
      ),
    })
    patient.network.resolveByDns = async () => ['10.0.0.7']
    expect((await patient.examine({}, ONLY)).of('dns').verdict).toBe('broken')
    patient.network.resolveByDns = async () => []
    expect((await patient.examine({}, ONLY)).of('dns').verdict).toBe('broken')
  })

  test('that this machine cannot look up is not called wrong', async () => {
    const patient = await aPatient()
    patient.network.resolve = () => Promise.reject(anError('EAI_AGAIN'))
    expect((await patient.examine({}, ONLY)).of('dns')).toMatchObject({
      verdict: 'could-not-check',
      meaning: expect.stringContaining('this machine may have no network'),
    })
    patient.network.resolve = () => new Promise(() => undefined) // as where no name server answers
    expect((await patient.examine({}, ONLY)).of('dns')).toMatchObject({
      verdict: 'could-not-check',
      meaning: expect.stringContaining('no name server answered within 5 s'),
    })
  }, 20_000)

  test.each([
    ['198.51.100.7', true],
    ['2001:db8::1', true],
    ['::ffff:198.51.100.7', true],
    ['10.1.2.3', false],
    ['100.64.0.1', false],
    ['169.254.1.1', false],
    ['172.31.255.255', false],
    ['192.168.0.1', false],
    ['127.0.0.1', false],
    ['::ffff:127.0.0.1', false],
    ['::1', false],
    ['fd12::1', false],
    ['fe80::1%eth0', false],
    ['no address', false],
  ])('%s is an address of the internet: %s', (address, expected) => {
    expect(isPublic(address)).toBe(expected)
  })
})

test('webhooks of the sandbox in the shop are not said to need the public address', async () => {
  const patient = await aPatient({ env: { CODE_MODE: 'sandbox' } })
  patient.network.resolve = () => Promise.reject(anError('ENOTFOUND'))
  const { of } = await patient.examine({}, ONLY)
  for (const check of ['dns', 'certificate', 'redirects'])
    expect(of(check)).toMatchObject({
      verdict: 'broken',
      meaning: expect.stringMatching(
        /^(?!.*Code cannot).*cannot open the shop there\. Webhooks arrive all the same/,
      ),
    })
})

describe('the certificate', () => {
  test('is looked at with its end, also before that comes', async () => {
    const patient = await aPatient()
    await patient.host(SHOP, (_req, res) => res.end())
    const inDays = async (days: number) =>
      (await patient.examine({}, { ...ONLY, now: Date.now() + days * DAY_MS })).of('certificate')
    expect(await inDays(0)).toMatchObject({
      verdict: 'fine',
      meaning: expect.stringMatching(/^It is accepted, and ends on \d{4}-\d\d-\d\d, in (29|30) days\.$/),
    })
    expect(await inDays(25)).toMatchObject({ verdict: 'look-at-this' })
    expect(await inDays(28)).toMatchObject({ meaning: expect.stringContaining(', in 1 day. From then on') })
    expect(await inDays(29)).toMatchObject({ meaning: expect.stringContaining(', in less than a day. ') })
    expect(await inDays(31)).toMatchObject({
      verdict: 'broken',
      meaning: expect.stringContaining('It ended on'),
    })
  })

  test('of another name, one that nobody knows, and none at all are broken', async () => {
    const patient = await aPatient()
    const certificate = async () => (await patient.examine({}, ONLY)).of('certificate')
    expect(await certificate()).toMatchObject({
      verdict: 'broken',
      meaning: expect.stringContaining('It cannot be seen: it refused the connection.'),
    })
    const other = aCertificate(['other.example.org'])
    patient.hosts.set(SHOP, await listenSecurely((_req, res) => res.end(), other))
    expect(await certificate()).toMatchObject({
      verdict: 'broken',
      meaning: expect.stringContaining('signed by itself'),
    })
    patient.network.ca = other.cert
    expect(await certificate()).toMatchObject({
      verdict: 'broken',
      meaning: expect.stringContaining('for another name'),
    })
  })
})

test('redirects are reported, and not followed', async () => {
  const patient = await aPatient()
  const asked: unknown[] = []
  await patient.host(SHOP, (req, res) => {
    asked.push(req.url)
    res.writeHead(308, { Location: `https://www.example.org${req.url}` }).end()
  })
  expect((await patient.examine({}, ONLY)).of('redirects')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringContaining(`${SHOP}/webhook leads on to https://www.example.org/webhook`),
  })
  expect(asked.sort()).toEqual(['/?check', '/webhook?check']) // which the shop doesn’t take for webhooks
})

test.each([
  ['a proxy whose shop is not there', 502, 'Bad Gateway'],
  ['another website', 200, '<h1>This domain is for sale</h1>'],
])('%s is not taken for the shop', async (_what, status, body) => {
  const patient = await aPatient()
  await patient.host(SHOP, (_req, res) => res.writeHead(status).end(body))
  expect((await patient.examine({}, ONLY)).of('redirects')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringContaining(`is not the shop’s (HTTP status ${status})`),
  })
})

test('the shop is recognised by its own answer', async () => {
  const [patient, shop] = [await aPatient(), await aStartedShop()]
  await patient.host(SHOP, aProxyTo(shop.url))
  expect((await patient.examine({}, ONLY)).of('redirects')).toMatchObject({ verdict: 'fine' })
})

test('without a public address, there is nothing to look at', async () => {
  const patient = await aPatient()
  const { report, of } = await patient.examine(
    { publicUrl: () => undefined },
    { only: ['public address', 'webhook', 'pages'] },
  )
  for (const check of ['public-address', 'round-trip', 'pages'])
    expect(of(check).verdict).toBe('could-not-check')
  expect(report.verdict).toBe('look-at-this')
})
