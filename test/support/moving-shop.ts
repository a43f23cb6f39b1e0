import { openOwnUrls } from '../../server/config/own-urls.ts'
import { aShop, type ShopOptions } from './shop.ts'

/** A shop whose public URL is what `move` was told last, as with a tunnel that gets another name. */
export async function aMovingShop({ config, ...options }: ShopOptions = {}) {
  const current: { url: string | undefined } = { url: undefined }
  const localUrl = 'http://127.0.0.1:3030'
  const urls = openOwnUrls({
    publicUrl: () => current.url,
    localUrl,
    localOrigins: [localUrl],
    deliversTo: 'either',
  })
  const shop = await aShop({ ...options, config: { ...urls, ...config } })
  return Object.assign(shop, {
    move(url: string | undefined) {
      current.url = url
    },
  })
}
