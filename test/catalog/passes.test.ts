import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import {
  checkFolder,
  findProduct,
  kindOf,
  lookForChanges,
  openCatalog,
  scopesOf,
} from '../../server/catalog/index.ts'
import { systemClock } from '../../server/time.ts'
import { CODE_RULES } from '../support/catalogue.ts'
import { aCatalogWithPasses } from '../support/passes.ts'

const silent = { info: () => undefined, error: () => undefined }

function catalogOf(folder: string) {
  const catalog = openCatalog({
    clock: systemClock,
    folder,
    reload: false,
    log: silent,
    codeRules: CODE_RULES,
  })
  return (slug: string) => {
    const product = findProduct(catalog, slug)
    if (!product) throw new Error(`No product is called ${slug}`)
    return product
  }
}

const fields = (text: string) => `---\nsummary: Worth it.\nprice: 1 usd\n${text}\n---\nText.\n`

function faultsIn(file: string, change: (folder: string) => void = () => undefined): string[] {
  const folder = aCatalogWithPasses()
  writeFileSync(join(folder, 'new.md'), file)
  change(folder)
  return checkFolder({ clock: systemClock, folder, codeRules: CODE_RULES }).faults.map((fault) =>
    fault.slice(fault.lastIndexOf('/') + 1),
  )
}

describe('a pass', () => {
  test('grants its tag, or all, for its days, and nothing of itself', () => {
    const product = catalogOf(aCatalogWithPasses())
    const grants = (slug: string) => kindOf(product(slug)).grants(product(slug))
    expect(grants('bread-pass')).toEqual([{ scope: 'tag:bread', days: 30, calls: null }])
    expect(grants('everything')).toEqual([{ scope: 'all', days: 1, calls: null }])
  })

  test('opens articles and downloads by their tags, and no pass, whatever tags that has', () => {
    const product = catalogOf(aCatalogWithPasses())
    expect(scopesOf(product('rye'))).toEqual(['product:rye', 'tag:bread', 'all'])
    expect(scopesOf(product('table'))).toEqual(['product:table', 'tag:tables', 'tag:bread', 'all'])
    expect(scopesOf(product('soup'))).toEqual(['product:soup', 'all'])
    expect(scopesOf(product('bread-pass'))).toEqual(['tag:bread'])
  })

  test('opens no draft', () => {
    const folder = aCatalogWithPasses()
    writeFileSync(join(folder, 'new.md'), fields('title: New\nkind: article\ntags: [bread]\ndraft: true'))
    expect(scopesOf(catalogOf(folder)('new'))).toEqual(['product:new'])
  })

  test.each([
    ['without days', 'title: x\nkind: pass\nopens: bread', ['new.md:1: days is missing']],
    [
      'for half a day',
      'title: x\nkind: pass\nopens: bread\ndays: 0.5',
      ['new.md:7: days must be a whole number of days, like 30'],
    ],
    ['for no day', 'title: x\nkind: pass\nopens: bread\ndays: 0', ['new.md:7: days must be at least 1']],
    [
      'for a tag with a typo',
      'title: x\nkind: pass\nopens: braed\ndays: 1',
      ['new.md:6: opens: nothing that a pass can open has the tag braed: did you mean bread?'],
    ],
    [
      'that is called like a title',
      'title: x\nkind: pass\nopens: Bread\ndays: 1',
      [
        'new.md:6: opens: a tag has lowercase letters from a to z, digits and single hyphens, like bread-series',
      ],
    ],
    [
      'that is an article',
      'title: x\nkind: article\nopens: bread',
      ['new.md:6: an article has no opens; use kind: pass'],
    ],
  ])('%s is an error', (_name, text, faults) => {
    expect(faultsIn(fields(text))).toEqual(faults)
  })

  test('is not for sale once nothing has its tag any more', () => {
    const faults = faultsIn(fields('title: x\nkind: article'), (folder) => {
      for (const name of ['rye.md', 'table.md']) rmSync(join(folder, name))
    })
    expect(faults).toEqual([
      'bread-pass.md:6: opens: nothing that a pass can open has the tag bread',
      'bread-week.md:6: opens: nothing that a pass can open has the tag bread',
    ])
  })
})

describe('a pass that is for sale', () => {
  /** A catalogue that is read again, and what it logs. */
  function aChangingCatalog() {
    const folder = aCatalogWithPasses()
    const logged: string[] = []
    const log = {
      info: () => undefined,
      error: (facts: object, message: string) =>
        logged.push(`${'alert' in facts ? 'alert: ' : ''}${message}`),
    }
    const catalog = openCatalog({
      clock: systemClock,
      folder,
      reload: true,
      log: log as never,
      codeRules: CODE_RULES,
    })
    const daysOf = (slug: string) => findProduct(catalog, slug)?.opens?.days
    const lookAgain = async () => {
      catalog.nextLookAt = 0
      await lookForChanges(catalog)
      return logged.splice(0)
    }
    return { folder, daysOf, lookAgain }
  }

  test('stays as it was while its file has a typo in the tag', async () => {
    const { folder, daysOf, lookAgain } = aChangingCatalog()
    const pass = (tag: string, days: number) => fields(`title: x\nkind: pass\nopens: ${tag}\ndays: ${days}`)
    writeFileSync(join(folder, 'bread-pass.md'), pass('braed', 31))
    expect(await lookAgain()).toEqual([
      expect.stringMatching(/^the last good version .* stays for sale: .*bread-pass\.md:6: opens: .* braed/),
    ])
    expect(daysOf('bread-pass')).toBe(30)
    writeFileSync(join(folder, 'bread-pass.md'), pass('bread', 31))
    expect(await lookAgain()).toEqual([])
    expect(daysOf('bread-pass')).toBe(31)
  })

  test('is not for sale, with an alert, while nothing has its tag', async () => {
    const { folder, daysOf, lookAgain } = aChangingCatalog()
    const files = ['rye.md', 'table.md'].map((name) => join(folder, name))
    const before = files.map((file) => readFileSync(file))
    for (const file of files) rmSync(file)
    writeFileSync(join(folder, 'bread-pass.md'), fields('title: x\nkind: pass\nopens: braed\ndays: 31'))
    expect(await lookAgain()).toEqual([
      expect.stringMatching(/^alert: this product is not for sale .*bread-pass\.md:6: opens: .* braed/),
      expect.stringMatching(/^alert: this product is not for sale .*bread-week\.md:6: opens: .* bread$/),
    ])
    expect(daysOf('bread-pass')).toBeUndefined()
    files.forEach((file, at) => {
      writeFileSync(file, before[at] ?? '')
    })
    await lookAgain()
    expect(daysOf('bread-week')).toBe(7)
  })
})

test('a tag is written like a slug, isn’t "all", and is kept once', () => {
  const article = (tags: string) => fields(`title: x\nkind: article\ntags: ${tags}`)
  expect(faultsIn(article('bread'))).toEqual(['new.md:6: tags must be a list, like tags: [bread-series]'])
  expect(faultsIn(article('[Bread]'))[0]).toContain('a tag has lowercase letters')
  expect(faultsIn(article('[all]'))[0]).toContain('a tag can’t be all')
  expect(faultsIn(article('[a, b, c, d, e, f, g, h, i, j, k]'))[0]).toContain('must have at most 10 tags')
  expect(faultsIn(article('[bread, bread]'))).toEqual([])
})
