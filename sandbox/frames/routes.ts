import { fileURLToPath } from 'node:url'
import compression from 'compression'
import express, { type RequestHandler, Router } from 'express'
import { toString as toCode } from 'qrcode'
import { isAddress } from '../addresses.ts'
import { allowOnly } from '../answer-problem.ts'
import { Problem } from '../errors.ts'
import { inPolicy } from '../guard.ts'
import { loadFrameTexts, readerOf } from '../texts/index.ts'

const BUILT = fileURLToPath(new URL('./built', import.meta.url))
const FRAME = /^(payment|login|tip)-request-(?:(button)|(modal|page)-(desktop|mobile))$/
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
const A_YEAR_S = 31_536_000

interface Deps {
  /** The address for phones, if it is one that they can reach */
  baseUrl: string
  /** The origins whose pages may embed the frames, as a Content-Security-Policy writes them */
  shops: readonly string[]
  /** The shop's own */
  language(): string | undefined
}

/**
 * Serves the documents that Code's elements load in frames, at the paths that they use. The request itself is in the
 * fragment, so a document is the same for everyone.
 */
export function frameRoutes({ baseUrl, shops, language }: Deps): Router {
  const router = Router()
  const isReachable = !LOOPBACK.test(new URL(baseUrl).hostname)

  router.use(protectFrames(shops), compression())
  router.use('/assets', express.static(BUILT, { index: false, redirect: false, setHeaders: cacheByName }))
  router.get('/codes/:intent', async (req, res) => {
    const { intent } = req.params
    if (!isAddress(intent)) throw new Problem(400, `${intent.slice(0, 60)} is not an intent.`)
    res.type('svg').send(await toCode(`${baseUrl}/pay/${intent}`, { type: 'svg' }))
  })
  router.get('/:frame', async (req, res) => {
    const [, mode, button, place, device] = FRAME.exec(req.params.frame) ?? []
    if (!mode)
      throw new Problem(
        404,
        `There is no frame ${req.params.frame.slice(0, 60)}; one is payment-request-button.`,
      )
    const { code, locale } = readerOf(req, language())
    const frames = await loadFrameTexts(code)
    const verb = frames.verbs[mode as keyof typeof frames.verbs]
    const shared = { elements: req.baseUrl, frames, verb }
    res.vary('Accept-Language').vary('Cookie')
    if (button) return res.render('frames/button', shared)
    const saidHtml = asJsonBlock(frames.said)
    res.render('frames/panel', { ...shared, saidHtml, locale, mode, place, device, isReachable })
  })
  router.all(['/codes/:intent', '/:frame'], allowOnly('GET'))

  return router
}

/** What the frame's script says, as a block of data that a page can contain. */
function asJsonBlock(texts: object): string {
  return `<script type="application/json" data-texts>${JSON.stringify(texts).replaceAll('<', '\\u003c')}</script>`
}

/** Allows nothing inline, nothing from other sites, and no text that is parsed as markup. */
function protectFrames(shops: readonly string[]): RequestHandler {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors 'self' ${inPolicy(shops)}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
  return function setHeaders(_req, res, next) {
    res.set({
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-cache',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    })
    next()
  }
}

/** Lets browsers cache files with a hash in their name for good; the others are revalidated each time. */
function cacheByName(res: { setHeader(name: string, value: string): void }, path: string): void {
  if (/-[A-Z0-9]{8}\.js$/.test(path)) res.setHeader('Cache-Control', `public, max-age=${A_YEAR_S}, immutable`)
}
