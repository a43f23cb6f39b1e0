import type { ServerResponse } from 'node:http'
import { expect, test } from '@jest/globals'
import { listen } from '../support/workplace.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, isTooWide, type Visitor } from './support/browser.ts'

const PAGE = '<!doctype html><html lang="en"><title>x</title><link rel="icon" href="data:,"><main><h1>x</h1>'

/** Opens a page with this script in a browser; resolves once the script has run to its end. */
async function visit(visitor: Visitor, script: string, policy = ''): Promise<void> {
  const site = await listen((req, res) => {
    if (req.url === '/missing') return res.writeHead(404).end()
    if (policy) res.setHeader('Content-Security-Policy', policy)
    if (req.url === '/script.js') return res.setHeader('Content-Type', 'text/javascript').end(script)
    return res.setHeader('Content-Type', 'text/html').end(`${PAGE}<script src="/script.js"></script>`)
  })
  await visitor.page.goto(site.url)
  await visitor.page.waitForFunction('globalThis.done')
}

describeInBrowser('a visitor’s browser', () => {
  test.each([
    ['an error on the console', 'console.error("this is wrong")', /^console error: this is wrong/],
    ['a warning on the console', 'console.warn("take care")', /^console warning: take care/],
    [
      'an error that nobody catches',
      'setTimeout(() => { throw new Error("lost") })',
      /^page error: Error: lost/,
    ],
    ['a promise that nobody minds', 'Promise.reject(new Error("left"))', /^page error: Error: left/],
    ['a request that is refused', 'fetch("/missing")', /^request answered: 404 \(.*\/missing\)$/],
    ['a request that fails', 'fetch("http://127.0.0.1:9").catch(() => {})', /^request failed: net::ERR_/],
  ])('complains about %s', async (_what, script, complaint) => {
    const visitor = await aDesktop()
    await visit(visitor, `${script}; done = true`)
    await visitor.page.waitForLoadState('networkidle')
    expect(visitor.complaints()).toContainEqual(expect.stringMatching(complaint))
    visitor.expectComplaint(/./)
    expect(visitor.complaints()).toEqual([])
  })

  test('complains about what a page’s policy forbids', async () => {
    const visitor = await aDesktop()
    const script = 'try { document.body.innerHTML = "<p>" } catch {} done = true'
    await visit(visitor, script, "require-trusted-types-for 'script'")
    expect(visitor.complaints()).toContainEqual(
      expect.stringMatching(/^policy: require-trusted-types-for blocks trusted-types-sink/),
    )
    visitor.expectComplaint(/./)
  })

  test('misses what was expected and did not come', async () => {
    const visitor = await aDesktop()
    await visit(visitor, 'done = true')
    expect(visitor.complaints()).toEqual([])
    visitor.expectComplaint('a storm')
    expect(visitor.complaints()).toEqual(['expected, and not heard: a storm'])
    await visitor.page.evaluate('console.error("a storm")')
  })

  test('is a phone where a phone is asked for', async () => {
    const { page } = await aPhone()
    expect(
      await page.evaluate('[/Android/.test(navigator.userAgent), navigator.maxTouchPoints > 0]'),
    ).toEqual([true, true])
  })

  test('is measured only when it is there', async () => {
    const { page } = await aDesktop()
    const slow: ServerResponse[] = []
    const site = await listen((req, res) => {
      res.setHeader('Content-Type', 'text/html')
      if (req.url !== '/slow') return res.end(`${PAGE}<a href="/slow">On</a>`)
      slow.push(res)
      return res.flushHeaders()
    })
    await page.goto(site.url)
    await page.getByRole('link', { name: 'On' }).click()
    await page.waitForURL('**/slow', { waitUntil: 'commit' }) // and not a byte of it
    const answer = isTooWide(page)
    expect(await Promise.race([answer, page.evaluate('"asked later"')])).toBe('asked later')
    slow[0]?.end(`${PAGE}<div style="width: 5000px">x</div>`)
    expect(await answer).toBe(true)
  })

  test('has axe look at a page', async () => {
    const visitor = await aDesktop()
    await visit(visitor, 'done = true')
    await expectAccessible(visitor.page)
    await visitor.page.evaluate('document.documentElement.lang = ""')
    await expect(expectAccessible(visitor.page)).rejects.toThrow('html-has-lang')
  })

  test('has axe look into the frames of a page, of other origins too', async () => {
    const framed = '<!doctype html><html lang="en"><title>x</title><p>Framed'
    const frame = await listen((_req, res) => res.setHeader('Content-Type', 'text/html').end(framed))
    const page = `${PAGE}<iframe title="Framed" src="${frame.url}"></iframe>`
    const site = await listen((_req, res) => res.setHeader('Content-Type', 'text/html').end(page))
    const visitor = await aDesktop()
    await visitor.page.goto(site.url)
    await visitor.page.frameLocator('iframe').getByText('Framed').waitFor()
    await expectAccessible(visitor.page)
    await visitor.page.frames()[1]?.evaluate('document.querySelector("p").style.color = "#eee"')
    await expect(expectAccessible(visitor.page)).rejects.toThrow(/color-contrast[\s\S]*Framed/)
  })
})
