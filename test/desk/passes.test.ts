import { describe, expect, test } from '@jest/globals'
import { findEndingOrders } from '../../db/index.ts'
import { rightNow } from '../../server/local-days.ts'
import { signIn } from '../support/desk.ts'
import { linkIn, orderOf, readPage, redeem, submit } from '../support/desk-forms.ts'
import { aCatalogWithPasses } from '../support/passes.ts'
import { explainOnSqlite, recordReads } from '../support/plans.ts'
import { aShop, order } from '../support/shop.ts'

const DAY = 86_400_000

describe('the passes at the desk', () => {
  test('are listed by their ends, with those that were bought again, until they end', async () => {
    const shop = await aShop({ catalogFolder: aCatalogWithPasses() })
    const buyer = shop.browser()
    const page = async () => (await (await signIn(shop)).get('/desk/passes').expect(200)).text
    expect(await page()).toContain('No pass runs.')
    for (const product of ['bread-pass', 'bread-week', 'everything', 'rye'])
      await shop.pay((await order(buyer, product)).id)
    const html = await page()
    const [everything, month, week] = ['Everything', 'Bread for a month', 'Bread for a week'].map((title) =>
      html.indexOf(`<bdi>${title}</bdi>`),
    ) as [number, number, number]
    expect(0 < everything && everything < month && month < week).toBe(true)
    expect(html.match(/bought again/g)).toHaveLength(1)
    expect(html.match(/not begun/g)).toHaveLength(1)
    const left = [...html.matchAll(/data-label="Days left"[^>]*>\s*(\d+)/g)].map(([, days]) => days)
    expect(left).toEqual(['2', '31', '7']) // today is given in addition, once
    expect(html).toContain('2026-01-02') // the last day of one for a day
    expect(html).not.toContain('Rye')
    shop.clock.advance(2 * DAY)
    expect(await page()).not.toContain('Everything')
    const [row] = await shop.query(`SELECT id FROM orders WHERE product = 'bread-pass'`)
    const merchant = await signIn(shop)
    await merchant.get(`/desk/passes?after=${rightNow(shop).today + 29}.${row?.id}`).expect(200)
    await merchant.get('/desk/passes?after=x').expect(400)
    expect((await merchant.get('/desk/products').expect(200)).text).toContain('href="/desk/passes"')
  })

  test('are listed while somebody has them, and as bought again by whoever has them', async () => {
    const shop = await aShop({ catalogFolder: aCatalogWithPasses() })
    const merchant = await signIn(shop)
    const page = () => readPage(merchant, '/desk/passes')
    const offer = await order(shop.browser(), 'bread-pass')
    await shop.pay(offer.id)
    const path = `/desk/orders/${await orderOf(shop, offer.id)}`
    const [lost] = await shop.query('SELECT buyer FROM holders')
    const { text } = await submit(merchant, `${path}/link`, { lost: String(lost?.buyer) })
    expect(await page()).toContain('No pass runs.')
    const found = await redeem(shop, linkIn(text))
    expect(await page()).toContain('Bread for a month')
    expect(await page()).not.toContain('bought again')
    await shop.pay((await order(found, 'bread-week')).id)
    expect((await page()).match(/bought again/g)).toHaveLength(1)
    await submit(merchant, `${path}/revoke`, { reason: 'a reason' })
    expect(await page()).not.toContain('Bread for a month')
  })

  test('are found by the index of what ends', async () => {
    const shop = await aShop({ catalogFolder: aCatalogWithPasses() })
    const recorded = recordReads(shop.db)
    await findEndingOrders(recorded.db, { day: 1, order: '' }, 10)
    const [read] = recorded.reads
    const plan = explainOnSqlite(shop.databaseFile, read ?? ['', {}])
    expect(plan.join('\n')).toMatch(/SEARCH entitlements USING (COVERING )?INDEX entitlements_ending/)
    expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  })
})
