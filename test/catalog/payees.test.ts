import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { checkFolder, codeRulesOf, findProduct, openCatalog } from '../../server/catalog/index.ts'
import { systemClock } from '../../server/time.ts'
import { aFolder } from '../support/workplace.ts'

const OWN = 'GMVfxQfZWmeKU41xGkt7tBd9ExfNvrBLJN6zQQuZvHnt'
const PARTNER = 'codeUaLTGmMgVcNPSFhVjN7uBk7MiQqD7hMyMNnbyPY'
const OTHER = 'So11111111111111111111111111111111111111112'
const SANDBOX = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'
const CODES_KEY = 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'

function aFolderWith(fields: string): string {
  const folder = aFolder()
  const text = `---\ntitle: Tea\nprice: 0.25 usd\nkind: article\nsummary: A text.\n${fields}\n---\nText.\n`
  writeFileSync(join(folder, 'tea.md'), text)
  return folder
}

function faultsOf(fields: string, mode: 'live' | 'sandbox' = 'live'): string[] {
  const codeRules = codeRulesOf({ mode, destination: OWN, publicKeys: [CODES_KEY] })
  return checkFolder({ clock: systemClock, folder: aFolderWith(fields), codeRules }).faults.map((fault) =>
    fault.replace(/^.*tea\.md:/, ''),
  )
}

const fee = (destination: string, basisPoints: number | string = 250) =>
  `  - { destination: ${destination}, basisPoints: ${basisPoints} }`

test('a product may have a destination and partners of its own', () => {
  const folder = aFolderWith(`destination: ${OTHER}\nfees:\n${fee(PARTNER)}`)
  const catalog = openCatalog({
    clock: systemClock,
    folder,
    reload: false,
    log: undefined as never,
    codeRules: codeRulesOf({ mode: 'live', destination: OWN }),
  })
  expect(findProduct(catalog, 'tea')).toMatchObject({
    destination: OTHER,
    fees: [{ destination: PARTNER, basisPoints: 250 }],
  })
})

describe('a product whose money would go astray isn’t for sale:', () => {
  test.each([
    ['to no address', 'destination: somewhere', /^6: destination: must be a base58 address of 32 bytes/],
    [
      'to Code’s key',
      `destination: ${CODES_KEY}`,
      /^6: destination: must be a deposit address; this is the key/,
    ],
    ['to the sandbox', `destination: ${SANDBOX}`, /^6: destination: must be a deposit address of your own/],
    [
      'a part of it to the sandbox',
      `fees:\n${fee(PARTNER)}\n${fee(SANDBOX)}`,
      /^8: fees\.destination: must be a deposit/,
    ],
    [
      'a part of it to where the rest goes',
      `fees:\n${fee(OWN)}`,
      /^7: fees\.destination: this address gets the rest/,
    ],
    [
      'the same with a destination of its own',
      `destination: ${OTHER}\nfees:\n${fee(OTHER)}`,
      /^8: fees\.destination: this address/,
    ],
    [
      'to a partner twice',
      `fees:\n${fee(PARTNER)}\n${fee(PARTNER)}`,
      /^8: fees\.destination: this partner is there twice/,
    ],
    [
      'more than Code allows',
      `fees:\n${fee(PARTNER, 600)}\n${fee(OTHER, 401)}`,
      /^6: fees: the partners get 1001 basis points/,
    ],
    ['nothing', `fees:\n${fee(PARTNER, 0)}`, /^7: fees\.basisPoints must be at least 1/],
    ['half a point', `fees:\n${fee(PARTNER, 2.5)}`, /^7: fees\.basisPoints must be a whole number/],
    ['to a text', 'fees: some', /^6: fees must be text|^6: fees must be a list/],
  ])('%s', (_what, fields, message) => {
    expect(faultsOf(fields)).toEqual([expect.stringMatching(message)])
  })

  test('in sandbox mode, test money may go to the sandbox', () => {
    expect(faultsOf(`destination: ${SANDBOX}`, 'sandbox')).toEqual([])
  })

  test('an empty list of partners is none', () => {
    expect(faultsOf('fees: []')).toEqual([])
  })
})
