import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { aShop } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

async function aShopWithTags() {
  const catalogFolder = aFolder()
  const write = (slug: string, fields: string) =>
    writeFileSync(
      join(catalogFolder, `${slug}.md`),
      `---\ntitle: Title of ${slug}\nprice: 0.25 usd\nsummary: A text.\n${fields}\n---\nBefore.\n\n<!-- more -->\n\nAFTER\n`,
    )
  write('one', 'kind: article\ntags: [bread, rye]')
  write('two', 'kind: article\ntags: [bread]')
  write('old', 'kind: article\ntags: [bread]\nsold: false')
  write('older', 'kind: article\ntags: [stale]\nsold: false')
  write('oldest', 'kind: article\ntags: [gone]\nsold: false')
  write('past', 'kind: pass\nopens: stale\ndays: 30')
  write('other', 'kind: article')
  write('month', 'kind: pass\nopens: bread\ndays: 30\ntags: [bread]')
  write('everything', 'kind: pass\nopens: all\ndays: 30')
  return (await aShop({ catalogFolder, env: { PUBLIC_URL: 'https://shop.example.org' } })).browser()
}

const slugsIn = (html: string) => [...html.matchAll(/href="\/products\/([\w-]+)"/g)].map(([, slug]) => slug)

test('a tag has a page with its products, below the passes that open all of them', async () => {
  const browser = await aShopWithTags()
  const { text } = await browser.get('/tags/bread').expect(200)
  expect(text).toContain('<h1><bdi>#bread</bdi></h1>')
  expect(slugsIn(text)).toEqual(['month', 'one', 'two'])
  expect(text).toContain('<link rel="canonical" href="https://shop.example.org/tags/bread">')
  expect(slugsIn((await browser.get('/tags/rye').expect(200)).text)).toEqual(['one'])
})

test('products and passes lead to the pages of their tags, and search engines find them', async () => {
  const browser = await aShopWithTags()
  expect((await browser.get('/products/one')).text).toMatch(/href="\/tags\/bread"[\s\S]*href="\/tags\/rye"/)
  expect((await browser.get('/products/month')).text).toContain('href="/tags/bread"')
  expect((await browser.get('/products/other')).text).not.toContain('/tags/')
  const { text } = await browser.get('/sitemap.xml').expect(200)
  const tags = [...text.matchAll(/https:\/\/shop\.example\.org\/tags\/(\w+)/g)].map(([, tag]) => tag)
  expect(tags.sort()).toEqual(['bread', 'rye', 'stale']) // the last one has only a pass
})

test('what was withdrawn leads to the page of its tag while that has one, such as by a pass that opens it', async () => {
  const browser = await aShopWithTags()
  expect((await browser.get('/products/older')).text).toContain('href="/tags/stale"')
  expect((await browser.get('/products/oldest')).text).not.toContain('/tags/')
  await browser.get('/tags/gone').expect(404)
  expect((await browser.get('/products/past')).text).toContain('href="/tags/stale"')
  const { text } = await browser.get('/tags/stale').expect(200)
  expect(slugsIn(text)).toEqual(['past'])
})

test('programs see that a pass can be bought again and again, and that an article can’t', async () => {
  const { body } = await (await aShopWithTags()).get('/products.json').expect(200)
  const opens = Object.fromEntries(
    body.map(({ slug, opens }: { slug: string; opens: boolean }) => [slug, opens]),
  )
  expect(opens).toMatchObject({ one: true, month: false, everything: false })
  expect(body).toContainEqual(expect.objectContaining({ slug: 'month', days: 30, tag: 'bread' }))
  expect(body).toContainEqual(expect.objectContaining({ slug: 'everything', days: expect.any(Number) }))
})

test.each(['nothing', 'all', 'bread?page=2', 'bread%00', '..%2f', 'x'.repeat(5_000)])(
  'there is no page for %p',
  async (tag) => {
    await (await aShopWithTags()).get(`/tags/${tag}`).expect(404)
  },
)
