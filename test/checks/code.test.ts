import { mkdirSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { generateKey } from '../../sandbox/generate-key.ts'
import { mayFrame } from '../../server/checks/may-frame.ts'
import { publicKeyOf } from '../../server/code/index.ts'
import { aPatient, SHOP } from '../support/doctor.ts'

const REAL_PAYMENTS = /cannot take real payments through Code now/

describe('whether Code is there', () => {
  test('is fine when it answers a question for a status and its frames load', async () => {
    const patient = await aPatient()
    await patient.answerAsCode()
    const { of } = await patient.examine()
    expect(of('sequencer')).toMatchObject({
      verdict: 'fine',
      lookedAt: expect.stringContaining('https://cash.getcode.com/v1'),
      meaning: expect.stringMatching(/^It answered after \d+ ms\.$/),
    })
    expect(of('frames').verdict).toBe('fine')
    expect(of('webhook-key').verdict).toBe('fine')
  })

  test('is said plainly when nobody answers', async () => {
    const { report, of } = await (await aPatient()).examine()
    expect(report.verdict).toBe('broken')
    for (const check of ['sequencer', 'frames'])
      expect(of(check)).toMatchObject({ verdict: 'broken', meaning: expect.stringMatching(REAL_PAYMENTS) })
    expect(of('sequencer').todo).toContain('no micropayment service since June 2025')
  })

  test.each([
    ['a page', 200, '<!doctype html><title>For sale</title>'],
    ['nothing there', 404, ''],
    ['a redirect', 301, ''],
  ])('is broken when the host has %s instead', async (_what, status, body) => {
    const patient = await aPatient()
    await patient.host(patient.CODE, (_req, res) =>
      res.writeHead(status, { Location: '/elsewhere' }).end(body),
    )
    await patient.host(patient.ELEMENTS, (_req, res) =>
      res.writeHead(status, { Location: '/else' }).end(body),
    )
    const { of } = await patient.examine()
    expect(of('sequencer')).toMatchObject({
      verdict: 'broken',
      meaning: expect.stringMatching(REAL_PAYMENTS),
    })
    expect(of('frames')).toMatchObject({ verdict: 'broken', meaning: expect.stringMatching(REAL_PAYMENTS) })
  })

  test('is broken when the frames may not be shown by this shop', async () => {
    const patient = await aPatient()
    const frame = (headers: Record<string, string>) =>
      patient.host(patient.ELEMENTS, (_req, res) =>
        res.writeHead(200, { 'Content-Type': 'text/html', ...headers }).end('<p>'),
      )
    const verdict = async () => (await patient.examine()).of('frames').verdict
    await frame({ 'X-Frame-Options': 'SAMEORIGIN' })
    expect(await verdict()).toBe('broken')
    await frame({
      'Content-Security-Policy': "default-src 'self'; frame-ancestors 'self' https://*.example.com",
    })
    expect(await verdict()).toBe('broken')
    for (const sources of ['*', 'https:', 'https://*.example.org', "'self' shop.example.org"]) {
      await frame({ 'Content-Security-Policy': `frame-ancestors ${sources}` })
      expect(await verdict()).toBe('fine')
    }
  })

  test.each([
    ['http://127.0.0.1:* http://localhost:*', 'http://127.0.0.1:3030', true], // a sandbox that runs alone
    ['http://127.0.0.1:*', 'http://127.0.0.1', true],
    ['http://127.0.0.1:*', 'http://localhost:3030', false],
    ['http://127.0.0.1:3030', 'http://127.0.0.1:3031', false],
    ['http://127.0.0.1', 'http://127.0.0.1:3031', false],
    ['https://shop.example.org:443', 'https://shop.example.org', true],
    ['http://shop.example.org:80/', 'https://shop.example.org', true],
    ['https://shop.example.org', 'http://shop.example.org', false],
    ['https://shop.example.org:8443', 'https://shop.example.org', false],
    ['HTTPS://Shop.Example.ORG', 'https://shop.example.org', true],
    ['http://*:8080', 'http://example.org:8080', true],
    ['https://*.example.org', 'https://example.org', false],
    ['http://[::1]:*', 'http://[::1]:3030', false], // as browsers see it
    ["'none'", 'https://shop.example.org', false],
  ])('is judged by the rules of host sources: %s for %s', (sources, origin, isAllowed) => {
    expect(mayFrame(`default-src 'none'; frame-ancestors ${sources}; base-uri 'none'`, origin)).toBe(
      isAllowed,
    )
  })
})

describe('the frames that a shop in sandbox mode may not show', () => {
  const SELF = { 'Content-Type': 'text/html', 'Content-Security-Policy': "frame-ancestors 'self'" }
  const examine = async (env: Record<string, string>) => {
    const patient = await aPatient({ env: { CODE_MODE: 'sandbox', ...env } })
    await patient.host(patient.ELEMENTS, (_req, res) => res.writeHead(200, SELF).end('<p>'))
    return (await patient.examine({ elementsUrl: patient.ELEMENTS }, { only: ['Code'] })).of('frames')
  }

  test('are those of a shop that has to be restarted, if the sandbox is part of it', async () => {
    expect(await examine({})).toMatchObject({
      verdict: 'broken',
      meaning: `Its host doesn’t let ${SHOP} show it (frame-ancestors). Buyers see no button.`,
      todo: expect.stringMatching(/^Restart the shop: the sandbox is part of it\./),
    })
  })

  test('are those of a sandbox that has to be told about the shop, if it is a separate one', async () => {
    expect(await examine({ CODE_ENDPOINT: 'http://127.0.0.1:2/v1' })).toMatchObject({
      todo: `Start the sandbox with --allow-shop ${SHOP}, or correct CODE_ELEMENTS_URL.`,
    })
  })
})

describe('the key that proves webhooks to be Code’s', () => {
  test('is broken when it is the sandbox’s', async () => {
    const patient = await aPatient()
    const pem = generateKey().export({ type: 'pkcs8', format: 'pem' })
    mkdirSync(patient.config.sandboxFolder)
    writeFileSync(join(patient.config.sandboxFolder, 'key.pem'), pem)
    const { of } = await patient.examine({ publicKeys: [publicKeyOf(pem) ?? ''] })
    expect(of('webhook-key')).toMatchObject({
      verdict: 'broken',
      meaning: expect.stringContaining('key of this folder’s sandbox'),
    })
  })

  test('is broken when Code’s published webhook doesn’t verify under it', async () => {
    const pem = generateKey().export({ type: 'pkcs8', format: 'pem' })
    const patient = await aPatient()
    const other = publicKeyOf(pem) ?? ''
    const [codes = ''] = patient.config.publicKeys ?? []
    expect((await patient.examine({ publicKeys: [other] })).of('webhook-key').verdict).toBe('broken')
    const both = await patient.examine({ publicKeys: [codes, other] })
    expect(both.of('webhook-key').verdict).toBe('look-at-this')
  })
})

describe('the key of a separate sandbox', () => {
  const examine = async (publicKeys: (shown: string) => string[] | undefined) => {
    const patient = await aPatient({
      env: { CODE_MODE: 'sandbox', CODE_ENDPOINT: 'https://cash.example/v1' },
    })
    const shown = publicKeyOf(generateKey().export({ type: 'pkcs8', format: 'pem' })) ?? ''
    await patient.host(patient.CODE, ({ url }, res) =>
      res.writeHead(url === '/key' ? 200 : 404).end(JSON.stringify({ publicKey: shown })),
    )
    const changes = { endpoint: `${patient.CODE}/v1`, publicKeys: publicKeys(shown) }
    return (await patient.examine(changes, { only: ['Code'] })).of('webhook-key')
  }

  test('is fine if it is the configured one, and broken if it isn’t', async () => {
    expect(await examine((shown) => [shown])).toMatchObject({ verdict: 'fine' })
    expect(await examine(() => ['codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'])).toMatchObject({
      verdict: 'broken',
      todo: expect.stringMatching(/^Remove CODE_PUBLIC_KEY .* restart the shop/),
    })
  })

  test('is the one that the shop has fetched at its start, so a new one needs a restart', async () => {
    expect((await examine(() => undefined)).meaning).toMatch(/when it starts.* restart the shop/)
  })
})

describe('the clock', () => {
  test.each([
    [0, 'fine', 'It is right'],
    [30_000, 'look-at-this', /30 s ahead/],
    [-5_400_000, 'broken', /(90 min|2 h) behind/],
  ])('that is %i ms off is %s', async (off, verdict, meaning) => {
    const patient = await aPatient()
    const now = Date.UTC(2026, 0, 1)
    const tell =
      (at: number): RequestListener =>
      (_req, res) =>
        void res.writeHead(404, { Date: new Date(at).toUTCString() }).end()
    await patient.host(patient.CODE, tell(now - off))
    await patient.host(patient.ELEMENTS, tell(now - off))
    const { of } = await patient.examine({}, { now })
    expect(of('clock')).toMatchObject({
      verdict,
      meaning:
        typeof meaning === 'string' ? expect.stringContaining(meaning) : expect.stringMatching(meaning),
    })
    await patient.host(patient.ELEMENTS, tell(now - off - 60_000))
    expect((await patient.examine({}, { now })).of('clock')).toMatchObject({
      verdict: 'could-not-check',
      meaning: expect.stringContaining('tell different times'),
    })
  })

  test('is not judged when no host answers', async () => {
    expect((await (await aPatient()).examine()).of('clock').verdict).toBe('could-not-check')
  })
})
