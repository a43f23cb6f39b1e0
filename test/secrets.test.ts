import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { aFreePort } from '../scripts/support/free-port.js'
import { readFields } from './support/desk-forms.ts'
import { run } from './support/process.ts'
import { until } from './support/until.ts'
import { aFolder } from './support/workplace.ts'

// The whole way of a payment against a shop of its own, which writes down all that it ever would. What is secret must
// stand neither there nor in the bytes of its database.

interface Answer {
  status: number
  headers: Headers
  text: string
}

/** A browser as far as cookies go, which remembers every answer. */
function aBrowser(url: string, answers: Answer[]) {
  let cookie = ''
  return async (
    path: string,
    init: RequestInit & { headers?: Record<string, string> } = {},
  ): Promise<Answer> => {
    const response = await fetch(new URL(path, url), {
      ...init,
      redirect: 'manual',
      headers: { Accept: 'text/html', ...(cookie && { cookie }), ...init.headers },
    })
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
    const answer = { status: response.status, headers: response.headers, text: await response.text() }
    answers.push(answer)
    return answer
  }
}

const TOKEN = 'a-token-that-nobody-else-may-learn-of'

/** Signs in to the desk after a typo, and returns what only the merchant may know. */
async function signIn(url: string): Promise<string[]> {
  const page = await fetch(`${url}/desk`, { headers: { Accept: 'text/html' } })
  const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const form = readFields(await page.text(), '/desk/sign-in')
  const send = (token: string) =>
    fetch(`${url}/desk/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...FORM_BODY, cookie },
      body: new URLSearchParams({ ...form, token }),
    })
  expect((await send(`${TOKEN}x`)).status).toBe(401)
  const { status, headers } = await send(TOKEN)
  expect(status).toBe(303)
  const [, secret = ''] = /^desk=(\w{32})/.exec(headers.getSetCookie()[0] ?? '') ?? []
  expect((await fetch(`${url}/desk/sessions`, { headers: { cookie: `desk=${secret}` } })).status).toBe(200)
  return [TOKEN, secret, cookie.slice('desk-visit='.length), form.form ?? '']
}

const JSON_BODY = { 'Content-Type': 'application/json', Accept: 'application/json' }
const FORM_BODY = { 'Content-Type': 'application/x-www-form-urlencoded' }

/** All bytes of all files of the shop's database, including its WAL; not those of the sandbox. */
function bytesOfDatabase(folder: string): string {
  const data = join(folder, 'data')
  return readdirSync(data)
    .filter((name) => name.startsWith('shop-'))
    .map((name) => readFileSync(join(data, name), 'latin1'))
    .join('\n')
}

test('cookies, tokens, redemption codes and client secrets are neither written down nor shown to others', async () => {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  const PORT = String(await aFreePort())
  const url = `http://127.0.0.1:${PORT}`
  const shop = run('server/main.ts', folder, { PORT, LOG_LEVEL: 'trace', ADMIN_TOKEN: TOKEN })
  await shop.says('The shop is open')
  const answers: Answer[] = []
  // biome-ignore format: several a line
  const [buyer, phone, stranger] = [
    1, 2, 3,
  ].map(() => aBrowser(url, answers)) as [ReturnType<typeof aBrowser>, ReturnType<typeof aBrowser>, ReturnType<typeof aBrowser>]

  // An order: its client secret is in the database until it is paid, and its redemption code never is.
  const cookies = [(await buyer('/products/article')).headers.get('set-cookie')?.slice(6, 38) ?? '']
  const { text } = await buyer('/create-intent', {
    method: 'POST',
    headers: JSON_BODY,
    body: '{"product":"article"}',
  })
  const { id, clientSecret, successUrl } = JSON.parse(text)
  const success = new URL(successUrl)
  const code = success.searchParams.get('redeem') ?? ''
  expect([cookies[0], code, clientSecret]).toEqual([
    expect.stringMatching(/^\w{32}$/),
    expect.stringMatching(/^\w{32}$/),
    expect.stringMatching(/^\w{12,16}$/),
  ])
  expect(bytesOfDatabase(folder)).toContain(clientSecret)

  // Code in the address and elsewhere, where a log could pick it up; and mistakes with it, whose answers could show it.
  const address = `${success.pathname}${success.search}`
  const before = answers.length
  await stranger(`/success/${'1'.repeat(32)}?redeem=${code}`)
  await stranger(`/nowhere?redeem=${code}`, { headers: { Referer: `${url}${address}` } })
  await stranger(`/products/nothing?redeem=${code}`, {
    headers: { Accept: 'application/json', Referer: `${url}${address}` },
  })
  await stranger('/redemptions', {
    method: 'POST',
    headers: JSON_BODY,
    body: `{"intent":"${'1'.repeat(32)}","code":"${code}"}`,
  })
  await stranger('/redemptions', {
    method: 'POST',
    headers: JSON_BODY,
    body: `{"intent":"${id}","code":"${code}",}`,
  })
  await stranger('/redemptions', {
    method: 'POST',
    headers: { ...FORM_BODY, Origin: 'https://elsewhere.example' },
    body: `intent=${id}&code=${code}`,
  })
  await stranger(`/create-intent?redeem=${code}`, {
    method: 'POST',
    headers: { ...JSON_BODY, 'X-Secret': clientSecret },
    body: `{"clientSecret":"${clientSecret}"}`,
  })
  await stranger(`/webhook?redeem=${code}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/jwt' },
    body: 'no JWT', // the beginning of a rejected body is logged, and Code's contains no secret
  })
  const mistakes = answers.slice(before)
  expect(mistakes.every(({ status }) => status >= 400 && status < 500)).toBe(true)
  for (const mistake of mistakes) {
    expect(mistake.text).not.toContain(code)
    expect(mistake.text).not.toContain(clientSecret)
  }

  // The payment, the wallet's other browser, and the redemption, after which the code has left the address.
  await fetch(`${url}/sandbox/wallet/requests/${id}/approve`, { method: 'POST' })
  await until(async () => (await buyer('/products/article')).text.includes('PAID-PART'))
  await phone(address)
  const redeemed = await phone('/redemptions', {
    method: 'POST',
    headers: FORM_BODY,
    body: `intent=${id}&code=${code}`,
  })
  expect([redeemed.status, redeemed.headers.get('location')]).toEqual([303, `/success/${id}`])
  const clean = await phone(`/success/${id}`)
  expect(clean.text).not.toContain(code)
  expect((await phone('/products/article')).text).toContain('PAID-PART')
  const again = await phone(address)
  expect([again.status, again.headers.get('location')]).toEqual([303, `/success/${id}`])
  await buyer('/purchases')

  for (const { headers } of answers) {
    const cookie = headers.get('set-cookie')?.slice(6, 38)
    if (cookie) cookies.push(cookie)
  }
  expect(new Set(cookies).size).toBeGreaterThanOrEqual(2)

  // Nothing of it was written down, and what the paid order no longer needs has left every byte of the files.
  const ofMerchant = await signIn(url)
  expect(ofMerchant.every((secret) => secret.length >= 32)).toBe(true)
  const secrets = [...new Set([...cookies, code, ...ofMerchant])]
  const found = () => [...secrets, clientSecret].filter((secret) => bytesOfDatabase(folder).includes(secret))
  await until(() => found().length === 0)
  shop.child.kill('SIGTERM')
  await shop.ended
  expect(found()).toEqual([])
  const log = shop.output()
  expect(log).toContain('"order paid"')
  expect(log).toContain(`"path":"/success/${id}"`) // requests are written down, so these lines would show it
  expect([...secrets, clientSecret].filter((secret) => log.includes(secret))).toEqual([])
}, 60_000)
