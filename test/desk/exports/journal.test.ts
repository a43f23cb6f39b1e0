import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readConfig } from '../../../server/config/index.ts'
import { journal } from '../../../server/desk/exports/journal.ts'
import { fuzzing } from '../../support/fuzz.ts'
import { describeWith, type Program, printedBy } from '../../support/programs.ts'
import { aFolder } from '../../support/workplace.ts'
import { anExportedOrder, anExportedPayment, anExportedRefund, NOON } from './an-order.ts'

const LIVE = { CODE_MODE: 'live', CODE_DESTINATION: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6' }

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 3 })

function write(orders: ReturnType<typeof anExportedOrder>[], env: Record<string, string> = LIVE): string {
  const { head, write: writeOrder } = journal.begin(readConfig(env))
  return head + orders.map(writeOrder).join('')
}

function postingsIn(text: string) {
  return [...text.matchAll(/^ {4}(\w\S+) {2}(.*)$/gm)].map(([, account, amount]) => [account, amount])
}

test('a payment and its refund are a transaction each', () => {
  const payment = anExportedPayment({ hundredths: 100_005, refunds: [anExportedRefund()] })
  expect(
    write([anExportedOrder({ payments: [payment] })]),
  ).toBe(`; Payments and refunds of this shop. Days are those of UTC.
decimal-mark .

2026-01-01 * (019b7a1e4c00-6f1c-4a55-9f0e-1b2c3d4e5f60) An article
    ; payment: 019b7a1e5000-77aa-4bcd-8123-0123456789ab
    ; product: article
    ; destination: E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR
    assets:code  1000.05 USD
    income:sales  -1000.05 USD

2026-01-02 * (019b7a1e4c00-6f1c-4a55-9f0e-1b2c3d4e5f60) Refund: An article
    ; refund: 019b7a9f0000-1234-4abc-9def-fedcba987654
    ; payment: 019b7a1e5000-77aa-4bcd-8123-0123456789ab
    ; product: article
    income:refunds  0.10 USD
    assets:code  -0.10 USD
`)
})

test('tax has an account of its own, in payments and in refunds', () => {
  const refunds = [anExportedRefund({ hundredths: 12, taxHundredths: 2 })]
  const payment = anExportedPayment({ hundredths: 119, taxHundredths: 19, refunds })
  const text = write([anExportedOrder({ payments: [payment] })], {
    ...LIVE,
    JOURNAL_TAX_ACCOUNT: 'liabilities:vat',
  })
  expect(postingsIn(text)).toEqual([
    ['assets:code', '1.19 USD'],
    ['income:sales', '-1.00 USD'],
    ['liabilities:vat', '-0.19 USD'],
    ['income:refunds', '0.10 USD'],
    ['liabilities:vat', '0.02 USD'],
    ['assets:code', '-0.12 USD'],
  ])
})

test('what partners got is not where the shop’s money is, and a refund is all the shop’s', () => {
  const refunds = [anExportedRefund({ hundredths: 25, taxHundredths: 4 })]
  const fees = 'EditorsAddress 250,OthersAddress 100'
  const text = write(
    [anExportedOrder({ payments: [anExportedPayment({ taxHundredths: 4, fees, refunds })] })],
    {
      ...LIVE,
      JOURNAL_PARTNERS_ACCOUNT: 'Aufwand:Partner',
    },
  )
  expect(postingsIn(text)).toEqual([
    ['assets:code', '0.24125 USD'],
    ['Aufwand:Partner', '0.00875 USD'],
    ['income:sales', '-0.21 USD'],
    ['liabilities:tax', '-0.04 USD'],
    ['income:refunds', '0.21 USD'],
    ['liabilities:tax', '0.04 USD'],
    ['assets:code', '-0.25 USD'],
  ])
  expect(text).toContain('    ; fees: EditorsAddress 250 OthersAddress 100\n')
  expect(text.match(/destination:/g)).toHaveLength(1)
})

test('five partners, as many as Code takes, are written whole', () => {
  const fees = ['1', '2', '3', '4', '5'].map((digit) => `${digit.repeat(44)} 200`)
  const text = write([anExportedOrder({ payments: [anExportedPayment({ fees: fees.join(',') })] })])
  expect(text).toContain(`    ; fees: ${fees.join(' ')}\n`)
})

test('a payment whose destination isn’t known has none', () => {
  const payment = anExportedPayment({ proof: 'merchant', destination: null, fees: null })
  expect(write([anExportedOrder({ payments: [payment] })])).not.toMatch(/destination|fees/)
})

test('orders for which no money came are not in it', () => {
  const free = anExportedPayment({ proof: 'free', intent: null, hundredths: 0 })
  const [unpaid, given] = [anExportedOrder({ payments: [] }), anExportedOrder({ payments: [free] })]
  expect(write([unpaid, given])).toBe(write([]))
})

test('test money has commodities of its own', () => {
  const text = write([anExportedOrder()], {})
  expect(text).toContain('    assets:code  0.25 TESTUSD\n')
  expect(text).not.toContain(' USD')
})

test('a day is that of the shop’s time zone', () => {
  const late = anExportedOrder({ payments: [anExportedPayment({ paidAt: NOON + 11 * 3_600_000 })] })
  expect(write([late])).toContain('\n2026-01-01 * ')
  expect(write([late], { ...LIVE, TIME_ZONE: 'Europe/Berlin' })).toContain('\n2026-01-02 * ')
})

test('the merchant chooses the accounts', () => {
  const text = write(
    [anExportedOrder({ payments: [anExportedPayment({ refunds: [anExportedRefund()] })] })],
    {
      ...LIVE,
      JOURNAL_ASSETS_ACCOUNT: 'Vermögen:Code Wallet',
      JOURNAL_INCOME_ACCOUNT: 'Erlöse:Artikel',
      JOURNAL_REFUNDS_ACCOUNT: 'Erlöse:Rückzahlungen',
    },
  )
  const accounts = [...text.matchAll(/^ {4}([^ ;].*?) {2}/gm)].map(([, account]) => account)
  expect(accounts).toEqual([
    'Vermögen:Code Wallet',
    'Erlöse:Artikel',
    'Erlöse:Rückzahlungen',
    'Vermögen:Code Wallet',
  ])
})

const HARMFUL = [
  'two\nlines',
  'a\n\n2026-01-01 * Forged\n    assets:code  1000.00 USD\n    income:sales\n',
  'a\r2026-01-01 forged',
  'a\u2028b\u0085c',
  'closing ) and (opening',
  '; a comment, with-tag: value',
  'a  ; note',
  'payee | note',
  '* starred ! marked',
  '= automated',
  '~ monthly',
  'include /etc/passwd',
  '\tassets:code  5 USD',
  '',
  ' ',
  'very long '.repeat(1_000),
  '{0.50 USD} @ 5 EUR @@ 6 EUR = 7 EUR',
  '2026-01-01=2027-01-01',
  '[2027/01/01]',
  '[=2027/01/01] :a:b:',
  ': 5 USD',
  'Größe: 5 µm „gut“ 漢字 😀',
]

interface Reading {
  transactions: number
  balance: string[]
}

// Neither may read rules of the machine's own user.
const READ: Record<'hledger' | 'ledger', (text: string) => Reading> = {
  hledger: (text) => ({
    transactions: postings(printedBy('hledger', ['-f', '-', 'register', '-O', 'csv'], text)) / 2,
    balance: amountsIn(printedBy('hledger', ['-f', '-', 'balance', '-N', 'assets:code'], text)),
  }),
  ledger: (text) => ({
    transactions:
      (postings(printedBy('ledger', ['--init-file', '/dev/null', '-f', '-', 'csv'], text)) + 1) / 2,
    balance: amountsIn(
      printedBy('ledger', ['--init-file', '/dev/null', '-f', '-', 'balance', 'assets:code'], text),
    ),
  }),
}

/** The lines of a table, without its head. */
function postings(table: string): number {
  return table.trim().split('\n').length - 1
}

function amountsIn(report: string): string[] {
  return [...report.matchAll(/-?[\d.]+ [A-Z]{3,7}\b/g)].map(([amount]) => amount).sort()
}

/** What a program finds in a journal, each once. */
const LIST: Record<keyof typeof READ, (what: 'descriptions' | 'tags', text: string) => string[]> = {
  hledger: (what, text) => linesOf(printedBy('hledger', ['-f', '-', what], text)),
  ledger: (what, text) =>
    linesOf(
      printedBy('ledger', ['--init-file', '/dev/null', '-f', '-', what === 'tags' ? what : 'payees'], text),
    ),
}

/** How many transactions have a tag that matches. */
const COUNT_TAGGED: Record<keyof typeof READ, (tag: string, pattern: string, text: string) => number> = {
  hledger: (tag, pattern, text) =>
    transactionsIn(printedBy('hledger', ['-f', '-', 'print', `tag:${tag}=${pattern}`], text)),
  ledger: (tag, pattern, text) =>
    transactionsIn(
      printedBy('ledger', ['--init-file', '/dev/null', '-f', '-', 'print', `%${tag}=/${pattern}/`], text),
    ),
}

const transactionsIn = (printed: string) => printed.match(/^\d{4}/gm)?.length ?? 0

const linesOf = (list: string) => list.trim().split('\n').sort()

describe.each(Object.entries(READ))('%s', (program, read) => {
  const list = LIST[program as keyof typeof READ]
  const countTagged = COUNT_TAGGED[program as keyof typeof READ]
  describeWith(program as Program, () => {
    test('reads every amount of every currency exactly', () => {
      const payments = ['usd', 'eur', 'jpy', 'kin'].map((currency) =>
        anExportedPayment({
          currency,
          hundredths: 123_456_789_012,
          refunds: [anExportedRefund({ hundredths: 1 })],
        }),
      )
      const { transactions, balance } = read(write([anExportedOrder({ payments })]))
      expect(transactions).toBe(8)
      expect(balance).toEqual(['EUR', 'JPY', 'KIN', 'USD'].map((name) => `1234567890.11 ${name}`))
    })

    test('reads what partners got exactly, however little', () => {
      const payments = [1, 5, 25, 99_999, 123_456_789_012].map((hundredths) =>
        anExportedPayment({ hundredths, fees: 'EditorsAddress 251,OthersAddress 102' }),
      )
      expect(read(write([anExportedOrder({ payments })])).balance).toEqual(['1190988608.588174 USD'])
    })

    test('reads parentheses and commas in a title as they are', () => {
      const titles = ['(code) and (more)', ') a, tag: value, (']
      const text = write(titles.map((title) => anExportedOrder({ title })))
      expect(list('descriptions', text)).toEqual([...titles].sort())
      expect(list('tags', text)).toEqual(['destination', 'payment', 'product'])
    })

    test('reads the rate and the label of a tax as tags, in payments and in refunds', () => {
      const payments = [
        anExportedPayment({ hundredths: 119, taxHundredths: 19, refunds: [anExportedRefund()] }),
      ]
      const taxed = anExportedOrder({ payments, taxRate: 1900, taxLabel: 'VAT' })
      const reduced = anExportedOrder({ taxRate: 700, taxLabel: 'VAT; other: low, or not' })
      const text = write([taxed, reduced, anExportedOrder()])
      expect(list('tags', text)).toEqual([
        'destination',
        'payment',
        'product',
        'refund',
        'tax-label',
        'tax-rate',
      ])
      expect(countTagged('tax-rate', '^19.00$', text)).toBe(2)
      expect(countTagged('tax-rate', '^7.00$', text)).toBe(1)
      expect(countTagged('tax-label', '^VAT$', text)).toBe(2)
      expect(countTagged('tax-label', '^VAT other: low or not$', text)).toBe(1)
    })

    test('reads nothing into the titles of products and the labels of taxes', () => {
      const orders = HARMFUL.map((title) => anExportedOrder({ title, taxRate: 1, taxLabel: title }))
      const { transactions, balance } = read(write(orders))
      expect(transactions).toBe(HARMFUL.length)
      expect(balance).toEqual(['5.50 USD'])
    })

    test(
      `reads nothing into any text, 100 at a time (SEED=${SEED} RUNS=${RUNS})`,
      () => {
        const text = fc.string({ unit: 'grapheme', maxLength: 40 })
        const control = fc.string({
          unit: fc.constantFrom('\n', '\r', '\t', ' ', ';', '|', '(', ')', '[', ']', ',', ':', '=', 'a', '1'),
        })
        const texts = fc.array(fc.oneof(text, control), { minLength: 100, maxLength: 100 })
        fc.assert(
          fc.property(texts, (all) => {
            const orders = all.map((title) =>
              anExportedOrder({ title, product: title, taxRate: 1, taxLabel: title }),
            )
            expect(read(write(orders))).toEqual({ transactions: 100, balance: ['25.00 USD'] })
          }),
          run,
        )
      },
      TIMEOUT_MS,
    )
  })
})

/** Runs the commands of docs/exports.md that this program has there, beside that journal. Returns what each prints. */
function runDocumented(program: Program, text: string): string[] {
  const folder = aFolder()
  writeFileSync(join(folder, 'orders.journal'), text)
  const page = readFileSync('docs/exports.md', 'utf8').replaceAll('\n', ' ')
  const commands = [...page.matchAll(new RegExp(`\`(${program} -[^\`]*)\``, 'g'))]
  return commands.map(([, command]) => printedBy('sh', ['-c', `cd ${folder} && ${command}`]))
}

const ofTwoProducts = [
  { product: 'article', taxHundredths: 4, taxRate: 1900 },
  { product: 'article-in-german', taxHundredths: 2, taxRate: 700 },
].map(({ product, taxHundredths, taxRate }) =>
  anExportedOrder({ product, taxRate, taxLabel: 'VAT', payments: [anExportedPayment({ taxHundredths })] }),
)

describeWith('hledger', () => {
  test('reports one product, the months and the taxes as docs/exports.md says', () => {
    const [ofProduct, ofMonths, ofTaxes] = runDocumented('hledger', write(ofTwoProducts))
    expect(amountsIn(ofProduct ?? '')).toEqual(['-0.21 USD', '-0.21 USD']) // and the total
    expect(ofTaxes).toMatch(/-0\.04 USD {2}19\.00\n *-0\.02 USD {2}7\.00\n/)
    expect(ofMonths).toMatch(/Jan[\s\S]*income:sales +\|\| +0\.44 USD/)
  })

  test('moves the money of an author by the rule in docs/exports.md', () => {
    const folder = aFolder()
    const [, rule = ''] = /```hledger\n([\s\S]*?)```/.exec(readFileSync('docs/exports.md', 'utf8')) ?? []
    const own = join(folder, 'own.journal')
    writeFileSync(own, `commodity 1.00 USD\n${rule}`)
    const payment = {
      destination: 'AuthorsDepositAddress',
      fees: 'Editor 250',
      refunds: [anExportedRefund()],
    }
    const payments = [anExportedPayment(payment), anExportedPayment()]
    writeFileSync(join(folder, 'orders.journal'), write([anExportedOrder({ payments })]))
    const balance = printedBy('hledger', ['-f', own, '--auto', 'balance', '-N', 'assets', 'expenses'])
    expect(balance.trim().split(/\n */)).toEqual([
      '0.15 USD  assets:code',
      '0.24 USD  expenses:authors',
      '0.01 USD  expenses:partners',
    ])
  })

  test('reads the amounts into a journal of decimal commas', () => {
    const folder = aFolder()
    const own = join(folder, 'own.journal')
    writeFileSync(own, 'commodity 1.000,00 USD\ninclude orders.journal\n')
    writeFileSync(join(folder, 'orders.journal'), write([anExportedOrder()]))
    expect(printedBy('hledger', ['-f', own, 'balance', '-N', 'assets:code'])).toMatch(
      /^ *0,25 USD {2}assets:code$/m,
    )
  })
})

describeWith('ledger', () => {
  test('reports running totals and the taxes as docs/exports.md says', () => {
    const [later, earlier] = [anExportedPayment({ paidAt: NOON + 86_400_000 }), anExportedPayment()]
    const newestFirst = [later, earlier].map((payment) => anExportedOrder({ payments: [payment] }))
    const [ofDays] = runDocumented('ledger', write(newestFirst))
    expect(ofDays).toMatch(/^26-Jan-01 .* 0\.25 USD +0\.25 USD\n26-Jan-02 .* 0\.25 USD +0\.50 USD\n$/)
    const [, ofTaxes] = runDocumented('ledger', write(ofTwoProducts))
    expect(ofTaxes).toMatch(/-0\.04 USD +19\.00:liabilities:tax\n *-0\.02 USD +7\.00:liabilities:tax\n/)
  })
})
