import type { Browser, TestShop } from './shop.ts'

/** The page at this path, as a browser gets it. */
export async function readPage(browser: Browser, path: string, status = 200): Promise<string> {
  const { text } = await browser.get(path).set('Accept', 'text/html').expect(status)
  return text
}

/** What a browser sends from the form on this page: what is in its fields already, and what a person enters. */
export async function fillIn(
  merchant: Browser,
  path: string,
  entered: Record<string, string> = {},
): Promise<Record<string, string>> {
  return { ...readFields(await readPage(merchant, path), actionOf(path)), ...entered }
}

/** The fields of the form on a page that is sent to this address, as a browser would send them. Throws if there is none. */
export function readFields(html: string, action: string): Record<string, string> {
  const [, form] = html.match(new RegExp(`<form [^>]*action="${action}"[^>]*>([\\s\\S]*?)</form>`)) ?? []
  if (form === undefined) throw new Error(`The page has no form that is sent to ${action}`)
  const inputs = [...form.matchAll(/<input ([^>]*)>/g)].map(([, attributes = '']) => attributes)
  const sent = inputs.filter((attributes) => !isChoice(attributes) || / checked/.test(attributes))
  const areas = [...form.matchAll(/<textarea ([^>]*)>([^<]*)/g)]
  return Object.fromEntries([
    ...sent.map((attributes) => [attributeOf(attributes, 'name'), attributeOf(attributes, 'value')]),
    ...areas.map(([, attributes = '', text = '']) => [attributeOf(attributes, 'name'), plain(text)]),
  ])
}

/** Whether the page says in its title, of this field, and next to it that something is wrong, and leads to the field. */
export function isInvalid(html: string, name: string): boolean {
  const [field = ''] = new RegExp(`<(?:input|textarea|select) id="${name}"[^>]*>`).exec(html) ?? []
  const described = attributeOf(field, 'aria-describedby').split(' ')
  return (
    html.includes('<title>Error: ') &&
    field.includes(' aria-invalid="true"') &&
    field.includes(' autofocus') &&
    described.some((id) => html.includes(`class="fault" id="${id}"`))
  )
}

const isChoice = (attributes: string) => /type="(radio|checkbox)"/.test(attributes)

function attributeOf(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1]
  if (found === undefined) return isChoice(attributes) ? 'on' : ''
  return plain(found)
}

function plain(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

/** Opens the page with a form, fills it in, and sends it. */
export async function submit(merchant: Browser, path: string, entered?: Record<string, string>) {
  return send(merchant, path, await fillIn(merchant, path, entered))
}

/** Sends the form of this page. */
export function send(merchant: Browser, path: string, fields: Record<string, string>) {
  return merchant.post(actionOf(path)).type('form').set('Accept', 'text/html').send(fields)
}

function actionOf(path: string): string {
  return path.split('?', 1)[0] ?? path
}

/** The order that an intent belongs to. */
export async function orderOf(shop: TestShop, intent: string): Promise<string> {
  const [row] = await shop.query(`SELECT order_id FROM intents WHERE id = '${intent}'`)
  return String(row?.order_id)
}

/** The redemption link on the page that a merchant gets when one is issued. */
export function linkIn(html: string): string {
  return /<textarea[^>]*>([^<]+)</.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
}

/** Redeems a link in a browser of its own. */
export async function redeem(shop: Pick<TestShop, 'url' | 'browser'>, link: string): Promise<Browser> {
  const browser = shop.browser()
  const { pathname, searchParams } = new URL(link)
  await browser.get(link.slice(shop.url.length)).set('Accept', 'text/html').expect(200)
  await browser
    .post('/redemptions')
    .type('form')
    .send({ intent: pathname.split('/').at(-1), code: searchParams.get('redeem') })
    .expect(303)
  return browser
}
