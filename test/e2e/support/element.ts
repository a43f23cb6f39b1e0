import { resolve } from 'node:path'
import { build, stop as stopEsbuild } from 'esbuild'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { retargetElements } from '../../../scripts/retarget-elements.js'
import { listen } from '../../support/workplace.ts'

const RETURNS_TRUE = 'return true' // otherwise the element would lead to its success or cancel address

/** Code's own element as it is, on a page that hands out `code.elements`. Built once for all tests of a file. */
const element = build({
  stdin: {
    contents: 'import * as code from "@code-wallet/elements"; globalThis.code = code',
    resolveDir: resolve('.'),
  },
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  plugins: [retargetElements()],
})
  .then(({ outputFiles }) => outputFiles[0]?.text ?? '')
  .finally(stopEsbuild)

export interface ElementOptions {
  kind?: 'button' | 'page'
  options: object
  /** What the page tells the element when it is pressed: it runs in the page, and may await */
  invoke?: string
}

/** A page of somebody's with Code's element on it, held against a policy; `heard` is what its handlers were told. */
export async function anElement(
  page: Page,
  endpoint: string,
  { kind = 'button', options, invoke = '' }: ElementOptions,
) {
  const script = `
    globalThis.heard = []
    function tell(...told) {
      heard.push(told)
      document.querySelector('#element').setAttribute('data-heard-' + told[0], '')
    }
    const { ${kind}: element } = code.elements.create('${kind}', ${JSON.stringify(options)})
    element.on('invoke', async () => { tell('invoke'); ${invoke} })
    for (const event of ['success', 'cancel', 'error'])
      element.on(event, async ({ url, message }) => { tell(event, url ?? message); ${RETURNS_TRUE} })
    element.mount('#element')`
  const hosts = `globalThis.codeHosts = ${JSON.stringify({ elements: `${endpoint}/elements`, endpoint })}`
  const scripts: Record<string, string> = {
    '/hosts.js': hosts,
    '/code.js': await element,
    '/page.js': script,
  }
  const { origin } = new URL(endpoint)
  const site = await listen((req, res) => {
    const code = scripts[req.url ?? '']
    if (code !== undefined) return res.setHeader('Content-Type', 'text/javascript').end(code)
    res.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; script-src 'self'; connect-src ${origin}; frame-src ${origin}; img-src data:; require-trusted-types-for 'script'; trusted-types vue`,
    )
    const tags = Object.keys(scripts).map((path) => `<script src="${path}"></script>`)
    const head = '<!doctype html><html lang="en"><title>A shop</title><link rel="icon" href="data:,">'
    return res
      .setHeader('Content-Type', 'text/html')
      .end(
        `${head}<main><h1>A shop</h1><a href="#">A link</a><div id="element"></div></main>${tags.join('')}`,
      )
  })
  await page.goto(site.url)
  const opened = 'iframe[name="payment-request-card"]'
  return {
    url: site.url,
    button: page.frameLocator('iframe[name="payment-request-button"]').getByRole('button') as Locator,
    modal: page.frameLocator(opened) as FrameLocator,
    modalFrame: page.locator(opened),
    /** Resolves when a handler was told of this event; gives all that they were told since this was asked last. */
    async hears(event: string): Promise<string[][]> {
      await page.locator(`#element[data-heard-${event}]`).waitFor({ state: 'attached' })
      await page.evaluate(`document.querySelector('#element').removeAttribute('data-heard-${event}')`)
      return (await page.evaluate('heard.splice(0)')) as string[][]
    },
  }
}
