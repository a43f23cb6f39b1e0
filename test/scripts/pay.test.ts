import { expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { run } from '../support/process.ts'
import { aShop } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

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
