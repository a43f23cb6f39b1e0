import { issueDeskLink } from '../../server/desk/index.ts'
import { readFields } from './desk-forms.ts'
import { aShop, type Browser, type TestShop } from './shop.ts'

export const TOKEN = 'correct-horse-battery-staple-and-more'
export const WRONG_TOKEN = 'wrong-horse-battery-staple-and-more-'
/** What a person's browser accepts */
export const HTML = { Accept: 'text/html' }

export const aLiveShop = () => aShop({ config: { mode: 'live', adminToken: TOKEN } })

/** A browser that has signed in to the desk with a one-time link. */
export async function signIn(shop: TestShop): Promise<Browser> {
  const browser = shop.browser()
  const form = await openLink(browser, await issueDeskLink(shop.shop, 'npm start'))
  await browser.post('/desk/enter').type('form').send(form).expect(303)
  return browser
}

/** Opens a one-time link, and returns the form of its page. */
export async function openLink(browser: Browser, link: string): Promise<Record<string, string>> {
  const { pathname, search } = new URL(link)
  const { text } = await browser
    .get(pathname + search)
    .set(HTML)
    .expect(200)
  return readFields(text, '/desk/enter')
}

/** Sends what a person enters on the page to sign in, which they get in place of `page`. */
export async function enterToken(browser: Browser, token: string, page = '/desk') {
  const { text } = await browser.get(page).set(HTML)
  return browser
    .post('/desk/sign-in')
    .set(HTML)
    .type('form')
    .send({ ...readFields(text, '/desk/sign-in'), token })
}

/** Whether this browser is signed in. */
export async function isIn(browser: Browser): Promise<boolean> {
  return (await browser.get('/desk/sessions')).status === 200
}

/** What the audit log says was done, the oldest first. */
export async function actionsOf(shop: TestShop): Promise<unknown[]> {
  const rows = await shop.query('SELECT what FROM actions ORDER BY acted_at, what')
  return rows.map(({ what }) => what)
}
