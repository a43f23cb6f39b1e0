import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { checkFolder, codeRulesOf } from '../../server/catalog/index.ts'
import { readConfig } from '../../server/config/index.ts'
import { systemClock } from '../../server/time.ts'
import { aCatalogWithADonation } from '../support/donation.ts'
import { aShop } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

test.each([
  ['5 usd', []],
  ['[0.05 usd, 100 jpy]', []],
  ['250 usd', ['250.00 usd is above CODE_MAXIMUM, which is 5.00 usd']],
  [
    '[5.01 usd, 501 jpy]',
    [
      '5.01 usd is above CODE_MAXIMUM, which is 5.00 usd',
      '501.00 jpy is above CODE_MAXIMUM, which is 500.00 jpy',
    ],
  ],
  ['{ from: 1 usd, suggest: [5 usd, 6 usd] }', ['6.00 usd is above CODE_MAXIMUM, which is 5.00 usd']],
])('at a maximum of 5 usd, the price %s has these faults: %j', (price, faults) => {
  expect(faultsAt('5 usd', price)).toEqual(
    faults.map((fault) => expect.stringContaining(`tea.md:3: price: ${fault}`)),
  )
})

test.each(['8.20 czk', '10.03 jpy', '2.01 inr'])('a price of %s is not above itself', (amount) => {
  expect(faultsAt(amount, amount)).toEqual([])
})

function faultsAt(CODE_MAXIMUM: string, price: string) {
  const folder = aFolder()
  writeFileSync(
    join(folder, 'tea.md'),
    `---\ntitle: Tea\nprice: ${price}\nkind: article\nsummary: A text.\n---\nText.\n`,
  )
  return checkFolder({ clock: systemClock, folder, codeRules: codeRulesOf(readConfig({ CODE_MAXIMUM })) })
    .faults
}

test('buyers who choose an amount are offered none above the maximum', async () => {
  const config = { codeMaximum: readConfig({ CODE_MAXIMUM: '6 usd' }).codeMaximum }
  const shop = await aShop({ catalogFolder: aCatalogWithADonation(), config })
  expect((await shop.browser().get('/products/tea').expect(200)).text).toContain('data-to="600"')
  const give = (hundredths: number) =>
    shop.browser().post('/create-intent').send({ product: 'tea', hundredths })
  await give(600).expect(200)
  await give(601).expect(400)
})
