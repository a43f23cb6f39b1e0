import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { describe, expect, test } from '@jest/globals'
import { checkFolder, codeRulesOf } from '../../server/catalog/index.ts'
import { readConfig } from '../../server/config/index.ts'
import { findFaultInName } from '../../server/live/checks.ts'
import { hasName, nameShop, writeNamedShop } from '../../server/live/shop-name.ts'
import { passOnLines, showLog } from '../../server/live/show-log.ts'
import * as words from '../../server/live/words.ts'
import { systemClock } from '../../server/time.ts'
import { aFolder } from '../support/workplace.ts'

const URL = 'https://quiet-words.trycloudflare.com'

describe('what npm run live says', () => {
  test('names what was written, without secrets', () => {
    const changes = { CODE_MODE: 'live', TUNNEL_TOKEN: 'eyJhIjoiYWJjZGVmZ2hpamtsbW5vcCJ9' }
    const said = words.settingsWritten(['CODE_MODE', 'TUNNEL_TOKEN'], changes, 'Corner Library')
    expect(said).toMatch(/^Written to \.env \(npm run live -- --undo/)
    expect(said).toContain('CODE_MODE')
    expect(said).not.toContain(changes.TUNNEL_TOKEN)
    expect(said).toContain('catalog/shop.yaml: name: Corner Library')
    expect(words.settingsWritten([], {}, undefined)).toBe('.env has all settings already.')
  })

  test('says of a trial that it is one, and of a broken shop that nobody can pay', () => {
    const trial = words.shopIsOpen({ url: URL, isTrial: true, isFit: true }, 'A QR CODE')
    expect(trial).toMatch(
      /open for real money: https:\/\/quiet-words[\s\S]*A QR CODE[\s\S]*for trying, not for selling/,
    )
    const broken = words.shopIsOpen({ url: URL, isTrial: false, isFit: false }, undefined)
    expect(broken).toMatch(/keeps buyers from paying/)
    expect(broken).not.toMatch(/for trying/)
  })

  test('says what a tunnel that ends, and another address, mean for buyers', () => {
    expect(words.tunnelLost(['  no route  '], 1_500)).toMatch(
      /can’t reach the shop.*in 2 s\.\n {2}no route$/s,
    )
    expect(words.addressNotWritten(new Error('no space left'), 1_500)).toMatch(
      /doesn’t know its address yet.*in 2 s\.\n {2}no space left$/s,
    )
    expect(words.addressChanged(URL, undefined)).toMatch(
      /another address: https:\/\/quiet-words[\s\S]*strangers here/,
    )
    expect(words.addressChanged(URL, 'A QR CODE')).toContain('A QR CODE')
    expect(words.unreachable(URL)).toContain(`doesn’t answer at ${URL}`)
  })

  test('says what opens the shop later: npm start runs no tunnel', () => {
    expect(words.howToStart('domain')).toMatch(/: npm start$/)
    expect(words.howToStart('tunnel')).toMatch(/: npm run live -- --yes --mode live$/)
    expect(words.howToStart('try')).toMatch(/: npm run live -- --yes --mode live --try$/)
  })

  test('says the rest in a sentence each', () => {
    const said = [
      words.tunnelStarts('2026.8.0'),
      words.tunnelConnected(URL),
      words.shopStarts(),
      words.checksStart(),
      words.shopStops(),
      words.shopEnded(1),
      words.shopEnded('SIGKILL'),
      words.tunnelCloses(),
      words.undone(),
    ]
    for (const sentence of said) expect(sentence).toMatch(/^[A-Z.].*[.…\w]$/)
    expect(said.join('\n')).not.toMatch(/undefined|NaN|\[object/)
  })
})

describe('the shop’s name', () => {
  test.each([
    ['no file', undefined, false],
    ['a file without one', 'tagline: Short reads\n', false],
    ['only comments', '# mine\n', false],
    ['a name', 'name: Mine\n', true],
    ['a file with faults, which is left alone', 'name: [\n', true],
    ['a list, which is one too', '- a\n', true],
  ])('is there or not: %s', (_what, text, has) => {
    const file = join(aFolder(), 'shop.yaml')
    if (text !== undefined) writeFileSync(file, text)
    expect(hasName(file)).toBe(has)
  })

  test.each([
    ['no file', undefined],
    ['fields and comments', '# mine\ntagline: Short reads # for now\n'],
    ['only comments', '# mine\n'],
    ['a comment in a line without an end', '# mine'],
    ['fields in a line without an end', 'tagline: Short reads'],
  ])('is written above everything else, which stays: %s', (_what, text) => {
    const folder = aFolder()
    const file = join(folder, 'shop.yaml')
    if (text !== undefined) writeFileSync(file, text)
    writeNamedShop(nameShop(file, 'Bread: the "short" way #1'))
    expect(hasName(file)).toBe(true)
    const written = readFileSync(file, 'utf8')
    for (const line of (text ?? '').split('\n')) expect(written).toContain(line)
    expect(readdirSync(folder)).toEqual(['shop.yaml'])
  })

  test.each([
    [60, undefined],
    [61, 'The name must have at most 60 characters.'],
  ])('is accepted if the shop starts with it: %i characters', (length, fault) => {
    const folder = aFolder()
    const name = '“A” & B: '
      .repeat(9)
      .slice(0, length - 1)
      .concat('#')
    expect(findFaultInName(` ${name} `)).toBe(fault)
    writeNamedShop(nameShop(join(folder, 'shop.yaml'), name))
    const { faults, identity } = checkFolder({
      clock: systemClock,
      folder,
      timeZone: undefined,
      codeRules: codeRulesOf(readConfig({})),
    })
    expect([faults.length, identity?.name === name]).toEqual(fault ? [1, false] : [0, true])
  })

  test('is missing, and a sentence says so, where no file can be written', () => {
    const named = nameShop(join(aFolder(), 'missing', 'shop.yaml'), 'Mine')
    expect(() => writeNamedShop(named)).toThrow(/can’t be written: ENOENT.*settings are in \.env/)
  })

  test('is asked for by hand where a program can’t write it', () => {
    const file = join(aFolder(), 'shop.yaml')
    writeFileSync(file, '- a list\n')
    expect(() => nameShop(file, 'Mine')).toThrow(/Write it yourself, .*: name: Mine\. Nothing was changed/)
    expect(readFileSync(file, 'utf8')).toBe('- a list\n')
  })
})

describe('the shop’s log', () => {
  test('is warnings and errors as sentences for people', () => {
    const said: string[] = []
    const show = showLog((text) => said.push(text), true)
    const lines = [
      { level: 30, msg: 'order paid' },
      { level: 40, msg: 'the clock was set back' },
      { level: 50, msg: 'Code rejected the request', err: { message: 'no' } },
    ].map((line) => `${JSON.stringify(line)}\n`)
    show(`Building …\n${lines.join('')}`)
    expect(said).toEqual([
      'The shop warns: the clock was set back',
      'The shop reports an error: Code rejected the request (no)',
    ])
  })

  test('arrives in whole lines, however the pipe cuts it', async () => {
    const [said, pipe] = [[] as string[], new PassThrough()]
    passOnLines(pipe, (text) => said.push(text))
    for (const text of ['{"level":30}\n{"level"', ':5', '0,"msg":"\u2028"}\nThe e', 'nd']) pipe.write(text)
    await finished(pipe.end())
    expect(said).toEqual(['{"level":30}\n', '{"level":50,"msg":"\u2028"}\n', 'The end'])
  })

  test('is itself for programs', () => {
    const said: string[] = []
    showLog((text) => said.push(text), false)('{"level":30}\n')
    expect(said).toEqual(['{"level":30}\n'])
  })
})
