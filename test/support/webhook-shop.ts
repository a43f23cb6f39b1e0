import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { aShop, order, type ShopOptions } from './shop.ts'

/** A shop whose sequencer's key the test has, with an open order of a buyer, and the token that pays it. */
export async function aShopWithAnOrder({ config, ...options }: ShopOptions = {}) {
  const key = aSequencerKey()
  const shop = await aShop({ config: { publicKeys: [key.publicKey], ...config }, ...options })
  const browser = shop.browser()
  const offer = await order(browser)
  const token = signed(claimsOf(offer), key.privateKey)
  const deliver = (sent = token) =>
    shop.request().post('/webhook').set('Content-Type', 'application/jwt').send(sent)
  const isOpen = async () => (await browser.get('/products/article')).text.includes('PAID-PART-OF-ARTICLE')
  return { shop, browser, offer, deliver, isOpen, key, token }
}
