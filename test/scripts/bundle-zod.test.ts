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
  const { outputs } = await bundleZod(outfile)
  const bundled: typeof zod = await import(pathToFileURL(outfile).href)
  expect(Object.keys(bundled).sort()).toEqual(Object.keys(zod).sort())
  expect(messagesOf(bundled)).toEqual(messagesOf(zod))
  const bundledFiles = Object.values(outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((path) => (inputs[path]?.bytesInOutput ?? 0) > 0),
  )
  expect(bundledFiles.join().match(/\/locales\/\w+\.js/g)).toEqual(['/locales/en.js'])
})
