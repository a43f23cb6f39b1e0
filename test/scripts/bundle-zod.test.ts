import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { bundleZod } from '../../scripts/bundle-zod.js'
import * as zod from '../../server/zod.ts'
import { aFolder } from '../support/workplace.ts'

/** Error messages of every kind that the shop can show without a text of its own. */
function messagesOf(z: typeof zod): unknown {
  const schema = z.strictObject({
    name: z.string().min(3),
    size: z.number().int().nonnegative(),
    kind: z.enum(['article', 'download']),
    list: z.array(z.boolean()),
    more: z.object({}).optional(),
  })
  const wrong = { name: 'ab', size: -0.5, kind: 'song', list: [1], more: 1, other: true }
  return [{}, wrong, null].map((value) => schema.safeParse(value).error?.issues)
}

test('the bundled zod says the same as zod, without its other languages', async () => {
  const outfile = join(aFolder(), 'zod.mjs')
  await bundleZod(outfile)
  const bundled: typeof zod = await import(pathToFileURL(outfile).href)
  expect(Object.keys(bundled).sort()).toEqual(Object.keys(zod).sort())
  expect(messagesOf(bundled)).toEqual(messagesOf(zod))
  const source = readFileSync(outfile, 'utf8')
  expect(source).toContain('Invalid input')
  for (const inOthers of ['Ung\\xFCltige', 'Entr\\xE9e invalide', 'Entrada inv'])
    expect(source).not.toContain(inOthers)
})
