import { issueDeskLink } from '../../server/desk/index.ts'
import type { Browser, TestShop } from './shop.ts'

/** A browser that has signed in to the desk with a one-time link. */
export async function signIn(shop: TestShop): Promise<Browser> {
  const browser = shop.browser()
  const { pathname, search } = new URL(await issueDeskLink(shop.shop, 'npm start'))
  const { text } = await browser
    .get(pathname + search)
    .set('Accept', 'text/html')
    .expect(200)
  await browser.post('/desk/enter').type('form').send(readForm(text, '/desk/enter')).expect(303)
  return browser
}

/**
 * The hidden fields of the first form on a page that is sent to this address, to be sent with what a person enters. Throws if
 * there is no such form.
 */
export function readForm(html: string, action: string): Record<string, string> {
  const forms = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)]
  const form = forms.find(([, attributes = '']) => attributeOf(attributes, 'action') === action)
  if (!form) throw new Error(`The page has no form that is sent to ${action}`)
  const inputs = [...(form[2] ?? '').matchAll(/<input\b([^>]*)>/g)].map(([, attributes = '']) => attributes)
  const hidden = inputs.filter((attributes) => attributeOf(attributes, 'type') === 'hidden')
  return Object.fromEntries(
    hidden.map((attributes) => [
      attributeOf(attributes, 'name') ?? '',
      attributeOf(attributes, 'value') ?? '',
    ]),
  )
}

function attributeOf(attributes: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]
  return value
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
