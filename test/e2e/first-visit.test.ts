import { connect, createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { aFreePort } from '../../scripts/support/free-port.js'
import { later } from '../support/workplace.ts'
import { aDesktop, describeInBrowser } from './support/browser.ts'
import { openOffer, theOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

/** A network in which the answer for one path is late: it was made in time, and arrives when it is released. */
async function aShopBehindASlowNetwork(slowPath: string) {
  const port = await aFreePort()
  const publicUrl = `http://localhost:${port}`
  const shop = await openShop({ env: { PUBLIC_URL: publicUrl } })
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  let answer: () => void = () => undefined
  const answered = new Promise<void>((resolve) => (answer = resolve))
  const server = createServer((near) => {
    const far = connect(shop.config.port, '127.0.0.1')
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
    let isSlow = false
    near.on('data', (request) => {
      isSlow ||= request.toString('latin1').startsWith(`GET ${slowPath} `)
      far.write(request)
    })
    far.on('data', async (response) => {
      if (isSlow) answer()
      if (isSlow) await released
      near.write(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  later(() => server.close())
  return { ...shop, publicUrl, answered, release }
}

describeInBrowser('two products that are opened at once, on a first visit', () => {
  test('are one buyer’s, although the second answer comes after the first order', async () => {
    const shop = await aShopBehindASlowNetwork('/products/other')
    const { page, context } = await aDesktop()
    const otherTab = await context.newPage()
    const opening = otherTab.goto(`${shop.publicUrl}/products/other`)
    await shop.answered // without a cookie
    const first = await openOffer(page, `${shop.publicUrl}/products/article`)
    await first.button.click()
    await first.modal.getByRole('button', { name: 'Approve' }).waitFor()
    shop.release()
    await opening
    await first.modal.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('heading', { name: 'Paid' }).waitFor()

    const second = await theOffer(otherTab)
    await second.button.click()
    await second.modal.getByRole('button', { name: 'Approve' }).click()
    await otherTab.getByRole('heading', { name: 'Paid' }).waitFor()
    await otherTab.goto(`${shop.publicUrl}/purchases`)
    for (const title of ['An article', 'Another article'])
      await otherTab.getByRole('heading', { name: title, exact: true }).waitFor()
    const file = new Database(shop.config.databaseUrl.replace('sqlite:', ''), { readonly: true })
    later(() => file.close())
    expect(file.prepare('SELECT COUNT(*) AS buyers FROM buyers').get()).toEqual({ buyers: 1 })
  })
})
