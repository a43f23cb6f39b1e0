import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import express from 'express'
import { pino } from 'pino'
import supertest from 'supertest'
import { answerProblem, openAssets, openViews, refuseUnknownPath } from '../../server/web/index.ts'
import { aShop, order } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

/** Every address of the shop's own that a page names in href or src, pages excepted. */
async function assetsOf(shop: Awaited<ReturnType<typeof aShop>>, path: string): Promise<string[]> {
  const { text } = await shop.request().get(path).expect(200)
  return [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address]) => address ?? '')
}

describe('styles, scripts and pictures', () => {
  test('have names that change with their content, and may be cached for a year', async () => {
    const shop = await aShop()
    const assets = await assetsOf(shop, '/products/article')
    expect(assets.length).toBeGreaterThanOrEqual(2)
    for (const address of assets) {
      expect(address).toMatch(/-[A-Z0-9]{8}\.(css|js|svg)$/)
      const { headers } = await shop.request().get(address).expect(200)
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    }
  })

  test.each([
    ['br', 'br, gzip'],
    ['br', 'gzip, deflate, br'],
    ['gzip', 'gzip'],
    [undefined, 'identity'],
  ])('are sent as %s to a browser that accepts %s', async (encoding, accepted) => {
    const shop = await aShop()
    const [style = ''] = (await assetsOf(shop, '/')).filter((address) => address.endsWith('.css'))
    const plain = await shop.request().get(style).set('Accept-Encoding', 'identity').buffer(true)
    const { headers } = await shop.request().get(style).set('Accept-Encoding', accepted).expect(200)
    expect(headers['content-encoding']).toBe(encoding)
    expect(headers['content-type']).toMatch(/^text\/css; charset=utf-8$/i)
    expect(headers.vary).toBe('Accept-Encoding')
    if (encoding) expect(Number(headers['content-length'])).toBeLessThan(plain.text.length / 2)
  })

  test('include only what was built', async () => {
    const shop = await aShop()
    for (const path of [
      '/assets/nothing.css',
      '/assets/..%2ftsconfig.json',
      '/tsconfig.json',
      '/await-payment.ts',
    ])
      await shop.request().get(path).expect(404)
  })

  test('that disappear are not found, and nothing says that the answer is compressed', async () => {
    const folder = aFolder()
    for (const name of ['a.css', 'a.css.gz']) writeFileSync(join(folder, name), 'a {}')
    writeFileSync(join(folder, 'manifest.json'), '{}')
    const { handler } = openAssets({ folder, reload: false })
    const views = openViews({ folder: aFolder(), reload: false, shared: () => ({}) })
    const app = express().use(
      handler,
      refuseUnknownPath,
      answerProblem({ log: pino({ enabled: false }), refusals: new Map(), views }),
    )
    rmSync(join(folder, 'a.css.gz'))
    const { headers } = await supertest(app).get('/a.css').set('Accept-Encoding', 'gzip').expect(404)
    expect(headers['content-encoding']).toBeUndefined()
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
  })

  test('with a name that was not built raise an error, and never give an empty URL', () => {
    const { asset } = openAssets({ folder: 'public/built', reload: false })
    expect(() => asset('nothing.css')).toThrow(
      'No asset is called nothing.css; the build has made await-payment.js',
    )
  })

  test('that were rebuilt while the shop is running are found under their new names', () => {
    const folder = aFolder()
    const build = (name: string, at: number) => {
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ 'a.css': name }))
      utimesSync(join(folder, 'manifest.json'), at, at)
    }
    build('a-1.css', 1)
    const development = openAssets({ folder, reload: true })
    const production = openAssets({ folder, reload: false })
    build('a-2.css', 2)
    expect(development.asset('a.css')).toBe('/assets/a-2.css')
    expect(production.asset('a.css')).toBe('/assets/a-1.css')
  })

  test('that were never built stop the start with a clear message', () => {
    expect(() => openAssets({ folder: aFolder(), reload: false })).toThrow(/are not built: .* npm run build/)
  })
})

describe('pages and JSON', () => {
  test('for everybody are compressed, and what belongs to a buyer is not', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const storefront = await browser.get('/').set('Accept-Encoding', 'br')
    expect(storefront.headers['content-encoding']).toBe('br')
    const page = await browser.get('/products/article').set('Accept-Encoding', 'br')
    expect(page.headers['content-encoding']).toBeUndefined()
    expect(page.headers['cache-control']).toBe('private, no-store, no-transform')
    await shop.pay((await order(browser, 'download')).id)
    const download = await browser.get('/products/download/file').set('Accept-Encoding', 'br').expect(200)
    expect(download.headers['content-encoding']).toBeUndefined()
    const rest = await browser
      .get('/products/download/file')
      .set({ 'Accept-Encoding': 'br', Range: 'bytes=5-' })
    expect(rest.status).toBe(206)
  })
})
