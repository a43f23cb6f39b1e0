import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Fault } from '../../server/catalog/fault.ts'
import { parseProduct } from '../../server/catalog/parse-product.ts'
import { CODE_RULES } from '../support/catalogue.ts'
import { fuzzing } from '../support/fuzz.ts'

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 2_000 })
const FOLDER = 'test/support/catalog'
const LONGEST_MS = 10_000 // with one that backtracks without end, it would be more
const VALID = `---
title: An article
price: 0.25 usd
kind: article
summary: Worth a quarter.
---
Shown.

<!-- more -->

Paid for.
`

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values)
// biome-ignore format: several a line
const trap = oneOf(
  '!!js/function "function(){}"', '!!binary aGVsbG8=', '&a [*a]', '*a', '&a a', '!<x> y', '{a: {b: c}}', '[1, [2]]', '<<: *a', '0x19', '1e400', '.nan', '.inf',
  '2026-01-01', '~', 'null', 'yes', '|', '>-', '"\\u0000"', '"\\ud800"', "'", '"', '#', '? x', '- x', '---', '...', '%YAML 1.1', '\t', '__proto__', 'toString',
  '../../../etc/passwd', '/etc/passwd', 'files/..', '\u2028', '\uFEFF', '<script>', '[x](javascript:alert(1))', '<!-- more -->', '0.25 usd', '0.005 usd', '-1 usd', '9999999999 usd',
  '{ from: 1 usd, suggest: [3 usd, 5 usd] }', '{ from: 1 usd, suggest: [] }', '{ from: 1 usd, suggest: [[3 usd]], x: {} }', '{ from: ~, suggest: {} }', 'donation', 'download',
)
const value = fc.oneof(
  trap,
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.tuple(trap, trap).map((two) => two.join(' ')),
)
const field = oneOf(
  'title',
  'price',
  'kind',
  'summary',
  'slug',
  'file',
  'image',
  '__proto__',
  'constructor',
  '<<',
  'x',
  '"title"',
)
const yaml = fc
  .array(fc.tuple(field, value), { maxLength: 8 })
  .map((fields) => fields.map(([name, text]) => `${name}: ${text}`).join('\n'))
const edited = fc
  .array(fc.tuple(fc.nat(VALID.length), fc.nat(6), value), { minLength: 1, maxLength: 4 })
  .map((edits) =>
    edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), VALID),
  )
const changed = fc
  .tuple(field, value)
  .map(([name, text]) =>
    VALID.includes(`${name}:`)
      ? VALID.replace(new RegExp(`^${name}:.*`, 'm'), () => `${name}: ${text}`)
      : VALID.replace('---\nShown', () => `${name}: ${text}\n---\nShown`),
  )
const file = fc.oneof(
  edited,
  changed,
  fc.tuple(yaml, fc.string()).map(([fields, body]) => `---\n${fields}\n---\n${body}`),
  fc
    .array(oneOf('---', '---\n', '\n', ' ', 'a: b\n', '\r\n', '\uFEFF', '- ', '&a ', '*a ', '[', '{', '"'), {
      maxLength: 400,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
)

test(
  `a product’s file: whatever stands in it is a product or a fault with its line (SEED=${SEED} RUNS=${RUNS})`,
  () => {
    fc.assert(
      fc.property(file, (text) => {
        const startedAt = performance.now()
        const lines = text.split(/\r\n?|\n/).length
        try {
          const { product, paid } = parseProduct(text, 'a-file.md', FOLDER, {
            now: Date.now(),
            codeRules: CODE_RULES,
          })
          expect(product.slug).toMatch(/^[a-z0-9-]+$/)
          expect(Number.isSafeInteger(product.price.hundredths) && product.price.hundredths > 0).toBe(true)
          const { from = 1, to = 1, suggested = [] } = product.choice ?? {}
          expect(suggested.filter((amount) => !(amount >= from && amount <= to))).toEqual([])
          expect(`${product.previewHtml}${product.thanksHtml}${paid.html}`).not.toMatch(
            /<script|href="javascript:/i,
          )
        } catch (error) {
          if (!(error instanceof Fault)) throw error
          expect(error.line).toBeGreaterThanOrEqual(1)
          expect(error.line).toBeLessThanOrEqual(lines + 1)
          expect(error.message).toMatch(/\S/)
        }
        expect(performance.now() - startedAt).toBeLessThan(LONGEST_MS)
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      run,
    )
  },
  TIMEOUT_MS,
)

// biome-ignore format: several a line
const address = fc.oneof(
  fc.webUrl(),
  fc.array(
    fc.oneof(
      oneOf('/', '//', '..', '.', '%', '%zz', '%00', '%1b', '?', '#', '\\\\', ':', '@', 'b.md', 'ש', '[', ']', 'C:', 'http:', 'data:image/png;base64,x', 'files/table.csv', 'article', '#heading'),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 8 },
  ).map((parts) => parts.join('')),
)
const addressed = fc
  .tuple(oneOf(['[t](<', '>)'], ['![t](<', '>)'], ['[t]\n\n[t]: <', '>'], ['<', '>'], ['', '']), address)
  .map(([[before, after], found]) => `## Heading\n\n${before}${found}${after}\n`)

test(
  `a text: every address in it leads to the same place from any page, or is a fault with its line (SEED=${SEED} RUNS=${RUNS})`,
  () => {
    fc.assert(
      fc.property(addressed, (text) => {
        try {
          const { product, paid } = parseProduct(
            VALID.replace('Paid for.', () => text),
            'a-file.md',
            FOLDER,
            { now: Date.now(), codeRules: CODE_RULES },
          )
          const found = `${product.previewHtml}${paid.html}`.matchAll(/ (?:href|src)="([^"]*)"/g)
          for (const [, to] of found) expect(to).toMatch(/^(?:[a-z][a-z0-9+.-]*:|\/(?!\/)|#heading$)/i)
        } catch (error) {
          if (!(error instanceof Fault)) throw error
          expect(error.line).toBeGreaterThan(10)
          expect(error.message).not.toMatch(/\p{Cc}/u)
        }
      }),
      run,
    )
  },
  TIMEOUT_MS,
)
