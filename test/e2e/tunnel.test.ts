import { connect, createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { ownAddresses } from '../../server/config/own-addresses.ts'
import { testUnless } from '../support/skipping.ts'
import { later } from '../support/workplace.ts'
import { aDesktop, aPhone, describeInBrowser } from './support/browser.ts'
import { openOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

/** A shop with a public address, and the tunnel that leads from there to its port. */
async function aTunnelledShop() {
  const port = await aFreePort()
  const publicUrl = `http://localhost:${port}` // this machine under another name: browsers take it for another origin
  const shop = await openShop({ env: { PUBLIC_URL: publicUrl } })
  const tunnel = createServer((near) => {
    const far = connect(shop.config.port, '127.0.0.1')
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy())
  })
  await new Promise<void>((resolve) => tunnel.listen(port, 'localhost', resolve))
  later(() => tunnel.close())
  return { ...shop, publicUrl }
}

describeInBrowser('through a tunnel', () => {
  test('a desktop pays: frames, calls and stream are found where the page was found', async () => {
    const { publicUrl } = await aTunnelledShop()
    const { page, requests } = await aDesktop()
    const { button, modal } = await openOffer(page, `${publicUrl}/products/article`)
    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${publicUrl}/success/*`)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
    expect(requests.filter((url) => new URL(url).origin !== publicUrl)).toEqual([])
  })

  test('a phone pays what a desktop shows, in its own browser', async () => {
    const { publicUrl, requests } = await aTunnelledShop()
    const desktop = await aDesktop()
    const { button, modal } = await openOffer(desktop.page, `${publicUrl}/products/article`)
    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).waitFor()
    const [request] = await requests()
    const phone = await aPhone()
    await phone.page.goto(`${publicUrl}/sandbox/pay/${request?.intent}`) // what the code says
    await modal.getByText('The code was scanned').waitFor()
    await phone.page.getByRole('button', { name: 'Approve' }).tap()
    await phone.page.getByText('Approved by Ada.').waitFor()
    await desktop.page.waitForURL(`${publicUrl}/success/*`)
    await desktop.page.getByRole('heading', { name: 'Paid' }).waitFor()
  })
})

describeInBrowser('on the network', () => {
  const [address] = ownAddresses(['IPv4'])
  const testThere = testUnless(!address && 'no address on a network')

  testThere('a desktop pays at the address that this machine has there, without https', async () => {
    const shop = await openShop({ env: { HOST: '0.0.0.0' } })
    const url = `http://${address}:${shop.config.port}`
    const { page, expectComplaint } = await aDesktop()
    expectComplaint(/untrustworthy|origin-keyed/) // some headers count only with https
    const { button, modal } = await openOffer(page, `${url}/products/article`)
    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${url}/success/*`)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
  })
})
