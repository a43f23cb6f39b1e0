import { describe, expect, test } from '@jest/globals'
import { aSandbox } from './a-sandbox.ts'

const KINDS = ['button', 'modal-desktop', 'modal-mobile', 'page-desktop', 'page-mobile']
const FRAMES = ['payment', 'login', 'tip'].flatMap((mode) => KINDS.map((kind) => `${mode}-request-${kind}`))
const INTENT = '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6'

/** A frame as Code's elements load it: with a slash at the end, and all that it loads at once. */
async function load(endpoint: string, frame: string) {
  const address = `${endpoint}/elements/${frame}/`
  const response = await fetch(address)
  const html = await response.text()
  const parts = [...html.matchAll(/(?:src|href)="([^"]*\/assets\/[^"]*)"/g)].map(
    ([, path = '']) => new URL(path, address).href,
  )
  return { response, html, parts }
}

describe('the frames of Code’s elements', () => {
  test.each(FRAMES)('%s is where Code has it, and small', async (frame) => {
    const { endpoint } = await aSandbox()
    const { response, html, parts } = await load(endpoint, frame)
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(parts).toHaveLength(2)
    let bytes = html.length
    for (const part of parts) {
      const answer = await fetch(part)
      expect(answer.status).toBe(200)
      bytes += (await answer.text()).length
    }
    expect(bytes).toBeLessThan(10_000)
  })

  test.each(FRAMES)(
    '%s says that it is a sandbox without real money, and has nothing inline',
    async (frame) => {
      const { endpoint } = await aSandbox()
      const { html } = await load(endpoint, frame)
      expect(html).toMatch(/sandbox/i)
      expect(html).toContain(frame.endsWith('button') ? 'test money only' : 'No real money changes hands')
      expect(html).not.toMatch(
        /<script(?! type="module" src=| type="application\/json" data-texts>)|<style| style=| on[a-z]+=/,
      )
    },
  )

  test.each(FRAMES)('%s keeps addresses and names in their own direction', async (frame) => {
    const { endpoint } = await aSandbox()
    const { html } = await load(endpoint, frame)
    expect(html).not.toMatch(/<code(?! dir="ltr")|<dd[^>]* data-text=/)
  })

  test('may be held by the pages of the shops, and do nothing that Code’s policy on a page would not', async () => {
    const { endpoint } = await aSandbox({
      shops: ['http://127.0.0.1:*', 'http://[::1]:*', 'https://shop.example'],
    })
    const { response } = await load(endpoint, 'payment-request-modal-desktop')
    const policy = response.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("frame-ancestors 'self' http://127.0.0.1:* https://shop.example;")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toContain('unsafe')
    expect(response.headers.get('X-Frame-Options')).toBeNull()
    expect(response.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin')
  })

  test('are nowhere else', async () => {
    const { endpoint } = await aSandbox()
    for (const frame of ['payment-request-card', 'gift-request-button', 'payment-request-button-desktop']) {
      expect((await fetch(`${endpoint}/elements/${frame}/`)).status).toBe(404)
    }
    expect((await fetch(`${endpoint}/elements/payment-request-button`, { method: 'POST' })).status).toBe(405)
    expect((await fetch(`${endpoint}/elements/assets/nothing.js`)).status).toBe(404)
  })

  test('what pays has a name that changes with its content, and is kept', async () => {
    const { endpoint } = await aSandbox()
    const { parts } = await load(endpoint, 'payment-request-modal-desktop')
    const script = await (await fetch(parts.find((part) => part.endsWith('.js')) ?? '')).text()
    const chunk = /panel-[A-Z0-9]{8}\.js/.exec(script)?.[0]
    const answer = await fetch(`${endpoint}/elements/assets/${chunk}`)
    expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ])
  })
})

describe('the code that a phone scans', () => {
  test('is drawn for every intent', async () => {
    const { endpoint } = await aSandbox({ baseUrl: 'https://tunnel.example/sandbox' })
    const answer = await fetch(`${endpoint}/elements/codes/${INTENT}`)
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'image/svg+xml; charset=utf-8'])
    expect(await answer.text()).toMatch(/^<svg /)
    expect((await fetch(`${endpoint}/elements/codes/nothing`)).status).toBe(400)
  })

  test('is there only where a phone can reach the wallet', async () => {
    const reachable = await aSandbox({ baseUrl: 'https://tunnel.example/sandbox' })
    const local = await aSandbox()
    expect((await load(reachable.endpoint, 'payment-request-modal-desktop')).html).toContain('QR code')
    const { html } = await load(local.endpoint, 'payment-request-modal-desktop')
    expect(html).not.toContain('QR code')
    expect(html).toMatch(/The sandbox knows no address that phones can reach.*PUBLIC_URL/)
  })
})
