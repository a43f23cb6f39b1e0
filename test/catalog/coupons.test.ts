import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { currencies, findLimits } from '../../money/index.ts'
import {
  atDiscount,
  CatalogError,
  type Coupon,
  checkFolder,
  couponOf,
  isValidOn,
  lookForChanges,
  openCatalog,
  type Product,
} from '../../server/catalog/index.ts'
import { systemClock } from '../../server/time.ts'
import { CODE_RULES } from '../support/catalogue.ts'
import { fuzzing } from '../support/fuzz.ts'
import { aClock, aFolder } from '../support/workplace.ts'

const { SEED, RUNS, run } = fuzzing({ runs: 100 })

const silent = { info: () => undefined, error: () => undefined }

const article = (title: string, price: string, fields = '') =>
  `---\ntitle: ${title}\nprice: ${price}\nkind: article\nsummary: To read.\n${fields}---\nText.\n`

/** A catalogue with bread for $1.00, cake for €2.00, tea for whatever people give, and these coupons. */
function aCatalogue(coupons: string): string {
  const folder = aFolder()
  writeFileSync(join(folder, 'bread.md'), article('Bread', '1 usd', 'tags: [baking]\n'))
  writeFileSync(join(folder, 'cake.md'), article('Cake', '2 eur'))
  writeFileSync(
    join(folder, 'tea.md'),
    '---\ntitle: Tea\nprice: { from: 1 usd, suggest: [3 usd] }\nkind: donation\nsummary: Give.\n---\nText.\n',
  )
  writeFileSync(join(folder, 'coupons.yaml'), coupons)
  return folder
}

function open(coupons: string) {
  return openCatalog({
    clock: systemClock,
    folder: aCatalogue(coupons),
    reload: false,
    log: silent,
    codeRules: CODE_RULES,
  })
}

function faultsOf(coupons: string): string[] {
  const folder = aCatalogue(coupons)
  try {
    openCatalog({ clock: systemClock, folder, reload: false, log: silent, codeRules: CODE_RULES })
  } catch (error) {
    expect(error).toBeInstanceOf(CatalogError)
    expect(checkFolder({ clock: systemClock, folder, codeRules: CODE_RULES }).faults.join('\n')).toBe(
      (error as Error).message,
    )
    return (error as Error).message.replaceAll(`${folder}/coupons.yaml:`, '').split('\n')
  }
  return []
}

describe('coupons.yaml', () => {
  test('has all of its faults listed, also those of coupons beside one that can’t be read', () => {
    const coupons =
      'a:\n  off: 1%\nSPRING:\n  off: 20%\n  until: 31.12.2026\nGIFT:\n  off: 100%\nCAKE:\n  off: 1%\n  products: [cak]\n'
    expect(faultsOf(coupons)).toEqual([
      expect.stringMatching(/^1: a cannot be a code/),
      '5: SPRING.until: must be a day that exists, like 2026-02-28',
      '7: GIFT makes bread free, so it needs a limit: add uses, like uses: 100',
      '10: no product has the slug cak: did you mean cake?',
    ])
  })

  test('has a code for each coupon, with what it takes off, from what, how often and when', () => {
    const catalog = open(
      'Spring:\n  off: 12.5%\n  tags: [baking]\n  from: 2026-03-01\n  until: 2026-03-31\n\nFRIEND-7:\n  off: 1 usd\n  products: [bread]\n  uses: 3\n',
    )
    expect(couponOf(catalog, ' sprinG ')).toEqual({
      code: 'SPRING',
      off: { basisPoints: 1250 },
      products: undefined,
      tags: ['baking'],
      uses: undefined,
      from: '2026-03-01',
      until: '2026-03-31',
    })
    expect(couponOf(catalog, 'friend-7')).toMatchObject({
      off: { hundredths: 100, currency: 'usd' },
      products: ['bread'],
      uses: 3,
    })
    expect(couponOf(catalog, 'WINTER')).toBeUndefined()
    expect(couponOf(catalog, '__proto__')).toBeUndefined()
  })

  test('may have a no-break space in an amount or a share, which looks like any other', () => {
    const catalog = open('A1B:\n  off: 20\u00a0%\nA2B:\n  off: 0.5\u00a0usd\n')
    expect(couponOf(catalog, 'A1B')?.off).toEqual({ basisPoints: 2_000 })
    expect(couponOf(catalog, 'A2B')?.off).toEqual({ hundredths: 50, currency: 'usd' })
  })

  test.each(['', '# SPRING:\n#   off: 20%\n'])('may be empty: %j', (text) => {
    expect(couponOf(open(text), 'SPRING')).toBeUndefined()
  })

  test.each([
    ['SPRING:\n  off: 120%', '2: SPRING.off: 120% is more than the whole price: the most is 100%'],
    ['SPRING:\n  off: 0%', '2: SPRING.off: 0% takes nothing off'],
    ['SPRING:\n  off: 1000%', '2: SPRING.off: 1000% is more than the whole price: the most is 100%'],
    ['SPRING:\n  off: 100.01 %', '2: SPRING.off: 100.01 % is more than the whole price: the most is 100%'],
    ['SPRING:\n  off: 12.345%', '2: SPRING.off: 12.345% has more than two decimals'],
    ['SPRING:\n  off: 0.00 usd', '2: SPRING.off: 0.00 usd takes nothing off'],
    [
      'SPRING:\n  off: 1.234 usd',
      '2: SPRING.off: "1.234 usd" has more than two decimals, and Code knows only hundredths',
    ],
    ['SPRING:\n  off: half', '2: SPRING.off: must be a share or an amount, like 20% or 1 usd, not half'],
    ['SPRING:\n  off: -5%', '2: SPRING.off: must be a share or an amount, like 20% or 1 usd, not -5%'],
    ['SPRING:\n  off: 3 xyz', '2: SPRING.off: Code does not take xyz; usd and eur are among what it takes'],
    ['SPRING:\n  off: 5 kin', '2: SPRING.off: Code does not take kin; usd and eur are among what it takes'],
    ['SPRING:\n  off: 20', '2: SPRING.off needs a % or a currency, like 20% or 20 usd'],
    ['SPRING:\n  off: true', '2: SPRING.off must be text: put quotation marks around it, like off: "true"'],
    ['SPRING:\n  off: 20%\n  until: 2026', '3: SPRING.until must be a day that exists, like 2026-02-28'],
    ['SPRING:\n  uses: 3', '1: SPRING.off is missing'],
    ['SPRING: 20%', '1: SPRING must have fields below it, like off: 20% and uses: 100'],
    ['SPRING:\n  off: 20%\n  used: 3', '3: "used" is not a part of SPRING'],
    ['SPRING:\n  off: 20%\n  uses: 0', '3: SPRING.uses must be a whole number from 1 to 1000000'],
    ['SPRING:\n  off: 20%\n  uses: many', '3: SPRING.uses must be a whole number from 1 to 1000000'],
    ['SPRING:\n  off: 20%\n  from: 2026-02-30', '3: SPRING.from: must be a day that exists, like 2026-02-28'],
    [
      'SPRING:\n  off: 20%\n  from: 2026-03-02\n  until: 2026-03-01',
      '4: SPRING.until: must not be before from, 2026-03-02',
    ],
    ['SPRING:\n  off: 20%\n  products: bread', '3: SPRING.products must be a list, like [bread, cake]'],
    [
      'SPRING:\n  off: 20%\n  products: [bread]\n  tags: [baking]',
      '4: SPRING.tags: name either products or tags',
    ],
    ['SPRING:\n  off: 20%\n  products: [brad]', '3: no product has the slug brad: did you mean bread?'],
    ['SPRING:\n  off: 20%\n  tags: [backing]', '3: no product has the tag backing: did you mean baking?'],
    [
      'ab:\n  off: 20%',
      '1: ab cannot be a code: use 3 to 40 letters from A to Z, digits and hyphens, with at least one letter',
    ],
    [
      '2026:\n  off: 20%',
      '1: 2026 cannot be a code: use 3 to 40 letters from A to Z, digits and hyphens, with at least one letter',
    ],
    [
      'SPRING:\n  off: 20%\n1e5:\n  off: 20%',
      '3: a code must be text: put quotation marks around it, like "1e5":',
    ],
    [
      'SPRING:\n  off: 20%\nnull:\n  off: 20%',
      '3: a code must be text: put quotation marks around it, like "null":',
    ],
    [
      'SPRING:\n  off: 20%\n0123:\n  off: 20%',
      '3: 0123 cannot be a code: use 3 to 40 letters from A to Z, digits and hyphens, with at least one letter',
    ],
    [
      'SPRING:\n  off: 20%\nspring:\n  off: 30%',
      '3: spring is the same code as SPRING, since buyers may write capital or small letters',
    ],
    ['SPRING:\n  off: 20%\nSPRING:\n  off: 30%', '3: SPRING appears twice: keep one of the two'],
    ['SPRING 20%', '1: the fields must be names with values, like SPRING: { off: 20% }'],
    ['SPRING:\n\toff: 20%', '2: the line begins with a tab: indent it with spaces instead'],
    ['ALL:\n  off: 100%', '2: ALL makes bread free, so it needs a limit: add uses, like uses: 100'],
    [
      'TEA:\n  off: 100%\n  products: [tea]',
      '2: TEA makes products free, so it needs a limit: add uses, like uses: 100',
    ],
    ['ONE:\n  off: 1 usd', '2: ONE makes bread free, so it needs a limit: add uses, like uses: 100'],
  ])('keeps the shop from starting if it is %j', (text, fault) => {
    expect(faultsOf(`${text}\n`)).toEqual([fault])
  })

  test('may have codes that YAML takes for something else, between quotation marks', () => {
    const catalog = open('"1e5":\n  off: 20%\nTRUE:\n  off: 30%\n')
    expect(couponOf(catalog, '1E5')).toMatchObject({ off: { basisPoints: 2000 } })
    expect(couponOf(catalog, 'true')).toMatchObject({ off: { basisPoints: 3000 } })
  })

  test('may take an amount off without a limit where something is left', () => {
    expect(faultsOf('SOME:\n  off: 0.99 usd\nCAKE:\n  off: 1.99 eur\n  products: [cake]\n')).toEqual([])
  })

  test('says everything that is wrong at once', () => {
    expect(faultsOf('ONE:\n  off: 20\nTWO:\n  off: 20%\n  uses: 1.5\n')).toHaveLength(2)
  })

  test('stays as it was while the shop runs and the file has a fault, also one that a new price makes', async () => {
    const logged: string[] = []
    const folder = aCatalogue('ONE:\n  off: 0.50 usd\n')
    const log = { ...silent, error: (_facts: unknown, message: string) => void logged.push(message) }
    const notices = new Map()
    const catalog = openCatalog({ clock: systemClock, folder, reload: true, log: log as never, notices })
    writeFileSync(join(folder, 'bread.md'), article('Bread', '0.50 usd', 'tags: [baking]\n# changed\n'))
    await lookForChanges(catalog)
    expect(logged).toEqual([
      `the coupons stay as they were; the next start would fail: ${folder}/coupons.yaml:2: ONE makes bread free, so it needs a limit: add uses, like uses: 100`,
    ])
    expect(notices.get('coupons')).toContain('ONE makes bread free')
    const coupon = couponOf(catalog, 'ONE') as Coupon
    expect(atDiscount(aProduct(50), coupon)).toEqual({ hundredths: 5, currency: 'usd' }) // not for nothing
    writeFileSync(join(folder, 'coupons.yaml'), 'ONE:\n  off: 0.50 usd\n  uses: 100\n')
    catalog.nextLookAt = 0
    await lookForChanges(catalog)
    expect(couponOf(catalog, 'ONE')).toMatchObject({ uses: 100 })
    expect(notices.has('coupons')).toBe(false)
  })

  test.each([
    ['off: 10%\n  products: [tea]', 2], // the buyers of tea choose what they pay
    ['off: 1 eur\n  tags: [baking]', 2],
    ['off: 100 jpy', 2],
    ['products: [least]\n  off: 10%', 3],
  ])('lowers some price of what it is for: not %j', (fields, line) => {
    const folder = aCatalogue(`SPRING:\n  ${fields}\n`)
    writeFileSync(join(folder, 'least.md'), article('Least', '0.05 usd'))
    expect(checkFolder({ clock: systemClock, folder, codeRules: CODE_RULES }).fatal).toEqual([
      expect.stringContaining(`coupons.yaml:${line}: SPRING lowers no price of what it is for`),
    ])
  })

  test.each([
    ['off: 100 jpy', 'lowers no price'],
    ['off: 1 usd', 'makes bread free, so it needs a limit'],
    ['off: 20%\n  products: [breda]', 'no product has the slug breda'],
    ['off: 20%\n  tags: [roasting]', 'no product has the tag roasting'],
  ])('need not fit the products any more once its days are over: %j', (fields, fault) => {
    const folder = aCatalogue(`SPRING:\n  ${fields}\n  until: 2024-01-31\n`)
    const on = (day: string) => ({ clock: aClock(Date.parse(day)), folder, codeRules: CODE_RULES })
    expect(checkFolder(on('2024-02-01')).fatal).toEqual([expect.stringContaining(fault)])
    expect(checkFolder(on('2024-02-03')).fatal).toEqual([])
  })

  test.each([
    ['off: 100%', 'makes products free, so it needs a limit'],
    ['off: 20%\n  uses: 1.5', 'uses'],
  ])('still needs fields that are right once its days are over: %j', (fields, fault) => {
    expect(faultsOf(`SPRING:\n  ${fields}\n  until: 2024-01-31\n`)).toEqual([expect.stringContaining(fault)])
  })

  test('may be there before anything that it is for', () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'coupons.yaml'), 'SPRING:\n  off: 100 jpy\n')
    expect(checkFolder({ clock: systemClock, folder }).fatal).toEqual([])
  })

  test('may name a tag that only a faulty product can have, until it is clear that none has it', async () => {
    const folder = aCatalogue('SPRING:\n  off: 20%\n  tags: [baking]\n')
    writeFileSync(join(folder, 'bread.md'), article('Bread', '1', 'tags: [baking]\n'))
    const bread = [expect.stringMatching(/bread\.md:3: price needs a currency/)]
    expect(checkFolder({ clock: systemClock, folder, codeRules: CODE_RULES }).faults).toEqual(bread)
    const logged: string[] = []
    const log = { ...silent, error: (_facts: unknown, message: string) => void logged.push(message) }
    const catalog = openCatalog({ clock: systemClock, folder, reload: true, log: log as never })
    expect(logged).toEqual(bread)
    expect(catalog.contents.products.map(({ slug }) => slug)).toEqual(['cake', 'tea'])
    expect(couponOf(catalog, 'SPRING')).toMatchObject({ tags: ['baking'] })

    rmSync(join(folder, 'bread.md'))
    await lookForChanges(catalog)
    expect(catalog.coupons.faults).toEqual([expect.stringContaining('no product has the tag baking')])
  })
})

function aProduct(hundredths: number, currency = 'usd', rest: Partial<Product> = {}): Product {
  const price = { hundredths, currency }
  const product = { slug: 'bread', tags: [] as string[], price, choice: undefined, ...rest }
  return { prices: [{ price, choice: product.choice }], ...product } as Product
}

function aCoupon(off: Coupon['off'], rest: Partial<Coupon> = {}): Coupon {
  return {
    code: 'A-COUPON',
    off,
    products: undefined,
    tags: undefined,
    uses: 1,
    from: undefined,
    until: undefined,
    ...rest,
  }
}

const share = (percent: number) => ({ basisPoints: Math.round(percent * 100) })
const usd = (hundredths: number) => ({ hundredths, currency: 'usd' })

describe('a price with a coupon', () => {
  test.each([
    ['a fifth off', 500, share(20), 400],
    ['what is taken off is rounded half up', 25, share(50), 12],
    ['and down below the half', 33, share(10), 30],
    ['hundredths of a percent count', 25_000, share(0.01), 24_997],
    ['an amount off', 500, usd(150), 350],
    ['all of it', 500, share(100), 0],
    ['an amount of just as much', 500, usd(500), 0],
    ['a larger amount', 500, usd(9_900), 0],
    ['less than Code’s minimum is the minimum', 25, share(99), 5],
    ['a hundredth left is the minimum', 500, usd(499), 5],
    ['99.99 % of little is not all', 6, share(99.99), 5],
  ])('%s', (_what, price, off, expected) => {
    expect(atDiscount(aProduct(price), aCoupon(off))).toEqual({ hundredths: expected, currency: 'usd' })
  })

  test.each([
    ['the price is the minimum already', aProduct(5), aCoupon(share(50))],
    ['nothing is left to take off', aProduct(5), aCoupon(share(0.01))],
    ['the amount is in another currency', aProduct(500, 'eur'), aCoupon(usd(100))],
    ['it is for another product', aProduct(500), aCoupon(share(20), { products: ['cake'] })],
    ['it is for other tags', aProduct(500), aCoupon(share(20), { tags: ['baking'] })],
    [
      'the buyer chooses the amount',
      aProduct(500, 'usd', { choice: { from: 500, to: 25_000, suggested: [500] } }),
      aCoupon(share(20)),
    ],
  ])('stays as it is if %s', (_why, product, coupon) => {
    expect(atDiscount(product, coupon)).toBeUndefined()
  })

  test(`is never more than without it, never between nothing and the minimum, and nothing only if all is off (SEED=${SEED} RUNS=${RUNS})`, () => {
    const price = fc.constantFrom(...currencies).chain((currency) => {
      const { minimum = 1, maximum = 1 } = findLimits(currency) ?? {}
      return fc.integer({ min: minimum, max: maximum }).map((hundredths) => ({ hundredths, currency }))
    })
    const off = fc.oneof(
      fc.integer({ min: 1, max: 10_000 }).map((basisPoints) => ({ basisPoints })),
      fc.integer({ min: 1, max: 10_000_000 }).map((hundredths) => ({ hundredths })),
    )
    fc.assert(
      fc.property(price, off, (money, taken) => {
        const rule = 'basisPoints' in taken ? taken : { ...taken, currency: money.currency }
        const lowered = atDiscount(aProduct(money.hundredths, money.currency), aCoupon(rule))
        if (!lowered) return
        const minimum = findLimits(money.currency)?.minimum ?? 0
        const isAll =
          'basisPoints' in rule ? rule.basisPoints === 10_000 : rule.hundredths >= money.hundredths
        expect(lowered.hundredths).toBeLessThan(money.hundredths)
        expect(lowered.hundredths === 0).toBe(isAll)
        expect(isAll || lowered.hundredths >= minimum).toBe(true)
        if (isAll || lowered.hundredths === minimum || !('basisPoints' in rule)) return
        const exact = (BigInt(money.hundredths) * BigInt(10_000 - rule.basisPoints) * 2n) / 10_000n
        expect(Math.abs(Number(exact) - 2 * lowered.hundredths)).toBeLessThanOrEqual(1)
      }),
      run,
    )
  })

  test('is lowered from the first day to the last one, both included', () => {
    const coupon = aCoupon(share(20), { from: '2026-03-01', until: '2026-03-31' })
    const days = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01']
    expect(days.map((day) => isValidOn(coupon, day))).toEqual([false, true, true, false])
  })
})
