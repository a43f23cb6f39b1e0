import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aFolder } from './workplace.ts'

const product = (fields: string, text: string) =>
  `---\nsummary: Worth it.\n${fields}\n---\nThe preview.\n\n<!-- more -->\n\n${text}\n`

const FILES = {
  'rye.md': product('title: Rye\nprice: 0.25 usd\nkind: article\ntags: [bread]', 'PAID-PART-OF-RYE'),
  'table.md': product(
    'title: A table\nprice: 0.25 usd\nkind: download\ntags: [tables, bread]\nfile: files/table.csv',
    'PAID-PART-OF-TABLE',
  ),
  'soup.md': product('title: Soup\nprice: 0.25 usd\nkind: article', 'PAID-PART-OF-SOUP'),
  'bread-pass.md': product(
    'title: Bread for a month\nprice: 1 usd\nkind: pass\nopens: bread\ndays: 30\ntags: [bread]',
    'THANKS-FOR-THE-PASS',
  ),
  'bread-week.md': product(
    'title: Bread for a week\nprice: 0.50 usd\nkind: pass\nopens: bread\ndays: 7',
    'Thanks.',
  ),
  'everything.md': product('title: Everything\nprice: 2 usd\nkind: pass\nopens: all\ndays: 1', 'Thanks.'),
}

/** The slugs of the passes of aCatalogWithPasses. */
export const PASSES = ['bread-pass', 'bread-week', 'everything']

/** A catalogue with two products of the tag `bread`, one without, two passes for `bread`, and one for everything. */
export function aCatalogWithPasses(folder = aFolder()): string {
  mkdirSync(join(folder, 'files'))
  writeFileSync(join(folder, 'files/table.csv'), 'flour,water\n1,2\n')
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  return folder
}
