import { expect, jest, test } from '@jest/globals'
import { call } from '../../scripts/support/buyer.ts'
import { aFreePort } from '../../scripts/support/free-port.js'
import { run } from '../support/process.ts'
import { aShop } from '../support/shop.ts'
import { aFolder, listen } from '../support/workplace.ts'

const pay = (...args: string[]) => run('scripts/pay.ts', aFolder(), {}, args)

test('a program rejects at a shop whose sandbox is elsewhere, and is told where nobody listens', async () => {
  const shop = await aShop()
  const rejecter = pay('article', '--reject', '--url', shop.url)
  expect([await rejecter.ended, rejecter.output()]).toEqual([0, expect.stringContaining('locked ')])
  expect(await shop.query('SELECT COUNT(*) AS n FROM intents')).toMatchObject([{ n: 1 }])

  const nowhere = `http://127.0.0.1:${await aFreePort()}`
  const lost = pay('article', '--url', nowhere)
  expect(await lost.ended).toBe(1)
  expect(lost.output()).toContain(`no shop is listening at ${nowhere}; start it first with npm start`)
})

test.each([['article'], ['--api', 'search?q=bread']])(
  'nothing is ordered at a shop without a sandbox, as one for real money: %s',
  async (...what) => {
    const posted: string[] = []
    const shop = await listen(({ method, url = '' }, res) => {
      if (method === 'POST') posted.push(url)
      const pages: Record<string, string> = {
        '/hosts.js': `endpoint: new URL("${shop.url}/v1", location.origin)`,
        '/products/article': '<button data-code-button>',
        '/products.json': '[{"slug":"article","opens":true}]',
      }
      const offer = { calls: 1, product: 'calls', amount: 5, order: { body: { product: 'calls' } } }
      if (url.startsWith('/api/')) res.writeHead(402).end(JSON.stringify({ offers: [offer] }))
      else res.writeHead(url in pages ? 200 : 404).end(pages[url])
    })
    const buyer = pay(...what, '--url', shop.url)
    expect(await buyer.ended).toBe(1)
    expect(buyer.output()).toContain(`${shop.url} is not in sandbox mode, so nothing was ordered`)
    expect(posted).toEqual([])
  },
)

test('a shop none of whose addresses can be reached is reported by the code of that', async () => {
  const cause = Object.assign(new AggregateError([]), { code: 'EHOSTUNREACH' })
  jest.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed', { cause }))
  await expect(call('http://shop.example/')).rejects.toThrow('could not be reached: EHOSTUNREACH')
})
