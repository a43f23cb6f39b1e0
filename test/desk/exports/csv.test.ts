import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readConfig } from '../../../server/config/index.ts'
import { csv } from '../../../server/desk/exports/csv.ts'
import { asText } from '../../../server/desk/exports/table.ts'
import { describeWith } from '../../support/programs.ts'
import { aFolder } from '../../support/workplace.ts'
import { anExportedOrder, anExportedPayment, anExportedRefund } from './an-order.ts'
import { inGermanLibreOffice, parse, readRows } from './spreadsheet.ts'

function write(orders: ReturnType<typeof anExportedOrder>[], env: Record<string, string> = {}): string {
  const { head, write: writeOrder } = csv.begin(readConfig(env))
  return head + orders.map(writeOrder).join('')
}

test('an order has a line with everything about it', () => {
  const payment = anExportedPayment({
    codeUser: 'user-1',
    fees: 'EditorsAddress 250,OthersAddress 100',
    taxHundredths: 4,
    refunds: [anExportedRefund({ taxHundredths: 2 }), anExportedRefund({ taxHundredths: 1 })],
  })
  expect(
    parse(
      write([anExportedOrder({ payments: [payment], taxRate: 1900, taxLabel: 'VAT' })], {
        TIME_ZONE: 'Asia/Kathmandu',
      }),
    ),
  ).toEqual([
    {
      order: '019b7a1e4c00-6f1c-4a55-9f0e-1b2c3d4e5f60',
      state: 'paid',
      money: 'test',
      product: 'article',
      title: 'An article',
      kind: 'article',
      buyer: '019b7a1e4b00-0a1b-4c2d-8e3f-4a5b6c7d8e9f',
      ordered_at: '2026-01-01 17:45:00',
      ordered_at_utc: '2026-01-01T12:00:00.000Z',
      currency: 'usd',
      list_price: '0.25',
      price: '0.25',
      coupon: '',
      tax_label: 'VAT',
      tax_rate: '19.00',
      payment: '019b7a1e5000-77aa-4bcd-8123-0123456789ab',
      proof: 'webhook',
      paid_at: '2026-01-01 17:45:05',
      paid_at_utc: '2026-01-01T12:00:05.000Z',
      paid_currency: 'usd',
      paid: '0.25',
      paid_tax: '0.04',
      refunded: '0.20',
      refunded_tax: '0.03',
      refunded_at: '2026-01-02 17:45:00',
      refunded_at_utc: '2026-01-02T12:00:00.000Z',
      intent: '9CvMqkh8Wt8vGnoAUQQbe8YCz5NzUk2zbJe9gmDvYzRW',
      code_user: 'user-1',
      quarks: '2799600000',
      exchange_rate: '0.00000893',
      destination: 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR',
      fees: 'EditorsAddress 250,OthersAddress 100',
    },
  ])
})

test('an unpaid order has empty fields, and one that was paid twice has two lines', () => {
  const [first, second] = [anExportedPayment(), anExportedPayment({ id: 'second', currency: 'eur' })]
  const orders = [anExportedOrder({ payments: [] }), anExportedOrder({ payments: [first, second] })]
  const lines = parse(write(orders)).map(({ payment, paid, paid_currency }) => [payment, paid, paid_currency])
  expect(lines).toEqual([
    ['', '', ''],
    [first.id, '0.25', 'usd'],
    ['second', '0.25', 'eur'],
  ])
})

test('lines end with CR LF, and fields are quoted where they must be', () => {
  const text = write([anExportedOrder({ title: 'Say "hello", world', payments: [] })])
  expect(text.split('\r\n')).toHaveLength(3)
  expect(text).toContain(',"Say ""hello"", world",')
  expect(parse(text)[0]?.title).toBe('Say "hello", world')
})

describe('times', () => {
  test.each([
    ['2026-03-29T00:59:59.999Z', '2026-03-29 01:59:59'],
    ['2026-03-29T01:00:00.000Z', '2026-03-29 03:00:00'],
    ['2026-10-25T00:30:00.000Z', '2026-10-25 02:30:00'],
    ['2026-10-25T01:30:00.000Z', '2026-10-25 02:30:00'],
  ])('%s is %s in Berlin, where clocks are changed', (utc, local) => {
    const [line] = parse(
      write([anExportedOrder({ createdAt: Date.parse(utc) })], { TIME_ZONE: 'Europe/Berlin' }),
    )
    expect(line).toMatchObject({ ordered_at: local, ordered_at_utc: utc })
  })
})

const TITLES = {
  '=1+1': "'=1+1",
  '=HYPERLINK("http://example.org/","Click")': `'=HYPERLINK("http://example.org/","Click")`,
  "=cmd|'/C calc'!A0": "'=cmd|'/C calc'!A0",
  '+1+2': "'+1+2",
  '-1+2': "'-1+2",
  '@SUM(A1:A9)': "'@SUM(A1:A9)",
  ' =1+1': " '=1+1",
  '\t=1+1': " '=1+1",
  '\r=1+1': " '=1+1",
  'a\n=1+1': 'a =1+1',
  '＝1+1': "'＝1+1",
  'a;=1+1;b': "a;'=1+1;b",
  'a"; =1+1': `a"; '=1+1`,
  '007': "'007",
  '6e5': "'6e5",
  '2026-01-02': "'2026-01-02",
  '12:30': "'12:30",
  '50 %': "'50 %",
  '5E-3': "'5E-3",
  'May-10': "'May-10",
  'March 2026': "'March 2026",
  'JUNE5, 2026': "'JUNE5, 2026",
  '2026-01-02T10:30': "'2026-01-02T10:30",
  '5:30 pm': "'5:30 pm",
  '$5.00': "'$5.00",
  '(5)': "'(5)",
  true: "'true",
  'March of 2026': 'March of 2026',
  'Marble 5': 'Marble 5',
  'True stories': 'True stories',
  'May I?': 'May I?',
  '10 recipes': '10 recipes',
  'Größe „M“ – 漢字': 'Größe „M“ – 漢字',
  'Read me; please - now': 'Read me; please - now',
}

test.each(Object.entries(TITLES))('a spreadsheet would show %j as %j', (title, shown) => {
  expect(asText(title)).toBe(shown)
})

describeWith('soffice', () => {
  test('a German LibreOffice shows each title, calculates nothing, and reads amounts as numbers', () => {
    const folder = aFolder()
    const orders = Object.keys(TITLES).map((title) =>
      anExportedOrder({ title, product: title, payments: [] }),
    )
    writeFileSync(join(folder, 'orders.csv'), write([anExportedOrder(), ...orders]))
    const sheet = inGermanLibreOffice(folder, 'orders')
    expect(sheet).not.toContain('table:formula')
    const rows = readRows(sheet)
    expect(rows[0]?.slice(0, 5)).toEqual(['order', 'state', 'money', 'product', 'title'])
    expect(rows[1]?.slice(7, 12)).toEqual([
      '2026-01-01 12:00:00',
      '2026-01-01T12:00:00.000Z',
      'usd',
      '0,25', // a text would be shown as it is in the file
      '0,25',
    ])
    expect(rows.slice(2).map((row) => row.slice(3, 5))).toEqual(
      Object.values(TITLES).map((shown) => [shown, shown]),
    )
  })
})
