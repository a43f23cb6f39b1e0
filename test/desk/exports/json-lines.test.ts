import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { toQuarks } from '../../../sandbox/exchange.ts'
import { readConfig } from '../../../server/config/index.ts'
import { journal } from '../../../server/desk/exports/journal.ts'
import { jsonLines } from '../../../server/desk/exports/json-lines.ts'
import { anExportedOrder, anExportedPayment, anExportedRefund } from './an-order.ts'

const page = readFileSync('docs/exports.md', 'utf8')
const examples = Object.fromEntries(
  [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].map(([, language = '', text = '']) => [language, text]),
)

const LIVE = readConfig({
  CODE_MODE: 'live',
  CODE_DESTINATION: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6',
})
const order = anExportedOrder({
  state: 'partly-refunded',
  payments: [anExportedPayment({ refunds: [anExportedRefund()] })],
})

test('a line of JSON is as docs/exports.md shows it', () => {
  const line = jsonLines.begin(LIVE).write(order)
  expect(line).toMatch(/^\{[^\n]*\}\n$/)
  expect(JSON.parse(line)).toEqual(JSON.parse(examples.json ?? ''))
})

test('the example’s payment moves as many quarks as its amount is worth', () => {
  const [{ hundredths, currency, quarks }] = JSON.parse(examples.json ?? '').payments
  expect(quarks).toBe(toQuarks(hundredths, currency))
})

test('a coupon is there where there is one, and a tax with its rate in hundredths of a percent', () => {
  const taxed = anExportedOrder({ coupon: 'SPRING', taxRate: 1_900, taxLabel: 'VAT' })
  const written = jsonLines.begin(LIVE).write(taxed)
  expect(JSON.parse(written)).toMatchObject({ coupon: 'SPRING', taxRate: 1_900, taxLabel: 'VAT' })
})

test('fees are a list, and null where they aren’t known', () => {
  const payments = ['EditorsAddress 250,OthersAddress 100', null].map((fees) => anExportedPayment({ fees }))
  const written = JSON.parse(jsonLines.begin(LIVE).write(anExportedOrder({ payments })))
  expect(written.payments.map(({ fees }: { fees: unknown }) => fees)).toEqual([
    [
      { destination: 'EditorsAddress', basisPoints: 250 },
      { destination: 'OthersAddress', basisPoints: 100 },
    ],
    null,
  ])
})

test('a payment honoured by hand has its reason', () => {
  const payments = [anExportedPayment({ proof: 'merchant', reason: 'From another wallet' })]
  const written = JSON.parse(jsonLines.begin(LIVE).write(anExportedOrder({ payments })))
  expect(written.payments).toMatchObject([{ reason: 'From another wallet' }])
})

test('a journal is as docs/exports.md shows it', () => {
  expect(journal.begin(LIVE).write(order).trim()).toBe(examples['']?.trim())
})

test('text stays what it was', () => {
  const title = '=1+1 "quoted"\n\u2028 007'
  const line = jsonLines
    .begin(readConfig({}))
    .write(anExportedOrder({ title, kind: undefined, payments: [] }))
  expect(line.split('\n')).toHaveLength(2)
  expect(JSON.parse(line)).toMatchObject({ title, money: 'test', payments: [] })
})
