import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readConfig } from '../../../server/config/index.ts'
import { transactions } from '../../../server/desk/exports/transactions.ts'
import { describeWith } from '../../support/programs.ts'
import { aFolder } from '../../support/workplace.ts'
import { anExportedOrder, anExportedPayment, anExportedRefund, NOON } from './an-order.ts'
import { inGermanLibreOffice, parse, readRows } from './spreadsheet.ts'

const DAY_MS = 86_400_000

function write(orders: ReturnType<typeof anExportedOrder>[], changes = {}): string {
  const { head, write: writeOrder } = transactions.begin({ ...readConfig({}), ...changes })
  return head + orders.map(writeOrder).join('')
}

const IN_TWO_MONTHS = anExportedOrder({
  taxRate: 1900,
  taxLabel: 'VAT',
  payments: [
    anExportedPayment({
      taxHundredths: 4,
      fees: 'EditorsAddress 250',
      refunds: [
        anExportedRefund({
          id: 'first',
          taxHundredths: 2,
          sentTo: '=1+1',
          proof: '007',
          note: 'Double, sorry',
        }),
        anExportedRefund({ id: 'second', hundredths: 5, taxHundredths: 1, refundedAt: NOON + 40 * DAY_MS }),
      ],
    }),
  ],
})

test('a payment and each of its refunds have a line on their own days', () => {
  const [paid, ...refunded] = parse(write([IN_TWO_MONTHS], { timeZone: 'Asia/Kathmandu' }))
  const ofBoth = {
    payment: '019b7a1e5000-77aa-4bcd-8123-0123456789ab',
    order: '019b7a1e4c00-6f1c-4a55-9f0e-1b2c3d4e5f60',
    money: 'test',
    product: 'article',
    title: 'An article',
    currency: 'usd',
    tax_label: 'VAT',
    tax_rate: '19.00',
  }
  expect(paid).toEqual({
    ...ofBoth,
    at: '2026-01-01 17:45:05',
    at_utc: '2026-01-01T12:00:05.000Z',
    transaction: 'payment',
    id: '019b7a1e5000-77aa-4bcd-8123-0123456789ab',
    amount: '0.25',
    tax: '0.04',
    partners: '0.00625',
    destination: 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR',
    fees: 'EditorsAddress 250',
    proof: 'webhook',
    sent_to: '',
    sent_proof: '',
    note: '',
  })
  const ofRefunds = { ...ofBoth, transaction: 'refund', partners: '', destination: '', fees: '', proof: '' }
  expect(refunded).toEqual([
    {
      ...ofRefunds,
      at: '2026-01-02 17:45:00',
      at_utc: '2026-01-02T12:00:00.000Z',
      id: 'first',
      amount: '-0.10',
      tax: '-0.02',
      sent_to: "'=1+1",
      sent_proof: "'007",
      note: 'Double, sorry',
    },
    {
      ...ofRefunds,
      at: '2026-02-10 17:45:00',
      at_utc: '2026-02-10T12:00:00.000Z',
      id: 'second',
      amount: '-0.05',
      tax: '-0.01',
      sent_to: '',
      sent_proof: '',
      note: '',
    },
  ])
})

test('only those of the chosen days are in it', () => {
  const [first, second] = [NOON + DAY_MS, NOON + 40 * DAY_MS]
  const idsIn = (transactionsFrom?: number, transactionsBefore?: number) =>
    parse(write([IN_TWO_MONTHS], { transactionsFrom, transactionsBefore })).map(({ id }) => id)
  expect(idsIn(first)).toEqual(['first', 'second'])
  expect(idsIn(first, second)).toEqual(['first'])
  expect(idsIn(first + 1)).toEqual(['second'])
})

test('orders for which no money came are not in it, and parts that aren’t known are empty', () => {
  const free = anExportedPayment({ proof: 'free', intent: null, hundredths: 0 })
  const honoured = anExportedPayment({
    proof: 'merchant',
    destination: null,
    fees: null,
    reason: '+1 from another wallet',
  })
  const orders = [anExportedOrder({ payments: [] }), anExportedOrder({ payments: [free, honoured] })]
  const lines = parse(write(orders))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({
    proof: 'merchant',
    partners: '',
    destination: '',
    fees: '',
    note: "'+1 from another wallet",
  })
})

describeWith('soffice', () => {
  test('a German LibreOffice reads amounts as numbers, also those of refunds', () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'transactions.csv'), write([IN_TWO_MONTHS]))
    const rows = readRows(inGermanLibreOffice(folder, 'transactions'))
    expect(rows.slice(0, 4).map((row) => [row[2], ...row.slice(10, 12), row[14]])).toEqual([
      ['transaction', 'amount', 'tax', 'partners'],
      ['payment', '0,25', '0,04', '0,00625'], // a text would be shown as it is in the file
      ['refund', '-0,1', '-0,02', ''],
      ['refund', '-0,05', '-0,01', ''],
    ])
  })
})
