import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { forgetPublicUrl, readConfig, writePublicUrl } from '../../server/config/index.ts'
import { currentUrl, followFile } from '../../server/config/public-url.ts'
import { aClock, aFolder } from '../support/workplace.ts'

const LIVE = { CODE_MODE: 'live', CODE_DESTINATION: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6' }
const [FIRST, SECOND] = ['https://first-words.trycloudflare.com', 'https://other-words.trycloudflare.com']

describe('the file with the public URL', () => {
  test('is replaced as a whole, and only its owner may read it', () => {
    const path = join(aFolder(), 'data', 'public-url')
    writePublicUrl(FIRST, path)
    const before = statSync(path)
    chmodSync(path, 0o644)
    writePublicUrl(SECOND, path)
    expect(readFileSync(path, 'utf8')).toBe(`${SECOND}\n${process.pid}\n`)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(path).ino).not.toBe(before.ino)
    expect(readdirSync(join(path, '..'))).toEqual(['public-url'])
  })

  test('is removed by the program whose address it has, and by no other', () => {
    const path = aTrial(SECOND)
    forgetPublicUrl(FIRST, path)
    expect(existsSync(path)).toBe(true)
    forgetPublicUrl(SECOND, path)
    expect(existsSync(path)).toBe(false)
    expect(() => forgetPublicUrl(SECOND, path)).not.toThrow()
  })

  test('is read at most once a second, however often somebody asks', () => {
    const path = aTrial(FIRST)
    const clock = aClock(0)
    const file = followFile(path, clock.now)
    writePublicUrl(SECOND, path)
    clock.advance(999)
    expect(currentUrl(file)).toBe(FIRST)
    clock.advance(1)
    expect(currentUrl(file)).toBe(SECOND)
  })

  test.each([
    ['is empty', ''],
    ['has something else', 'no address'],
    ['leads past the shop', 'https://shop.example/path'],
  ])('that %s stops the start, and is ignored while the shop runs', (_what, text) => {
    const path = aTrial(FIRST)
    const clock = aClock(0)
    const file = followFile(path, clock.now)
    writeFileSync(path, text)
    clock.advance(1_000)
    expect(currentUrl(file)).toBe(FIRST)
    expect(() => readConfig({}, path)).toThrow(/public-url must hold one https address.*npm run live/)
  })

  test('gives no temporary address whose tunnel is gone, or was none of npm run live', () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    const clock = aClock(0)
    const file = followFile(aTrial(FIRST), clock.now)
    for (const text of [`${SECOND}\n${pid}\n`, `${SECOND}\n`, `${SECOND}\n0\n`, `${SECOND}\nme\n`]) {
      expect(followFile(aFile(text)).url).toBeUndefined()
      writeFileSync(file.path, text)
      clock.advance(1_000)
      expect(currentUrl(file)).toBeUndefined()
    }
    expect(followFile(aFile('https://shop.example.org\n')).url).toBe('https://shop.example.org')
  })

  test('that can’t be read stops the start', () => {
    const path = join(aFolder(), 'public-url')
    mkdirSync(path)
    expect(() => readConfig({}, path)).toThrow(/public-url cannot be read/)
  })

  test('may come after the start, and go', () => {
    const path = join(aFolder(), 'public-url')
    const clock = aClock(0)
    const file = followFile(path, clock.now)
    expect(currentUrl(file)).toBeUndefined()
    writePublicUrl(FIRST, path)
    clock.advance(1_000)
    expect(currentUrl(file)).toBe(FIRST)
    forgetPublicUrl(FIRST, path)
    clock.advance(1_000)
    expect(currentUrl(file)).toBeUndefined()
  })
})

describe('the configuration', () => {
  test('takes the file’s address as if it were set', () => {
    const config = readConfig({ ...LIVE, TRUST_PROXY: 'loopback' }, aTrial(FIRST))
    expect(config.publicUrl()).toBe(FIRST)
    expect(config.url()).toBe(FIRST)
    expect(config.webhookUrl()).toBe(`${FIRST}/webhook`)
    expect(config.origins()[0]).toBe(FIRST)
    expect(config.origins()).toBe(config.origins())
  })

  test('prefers PUBLIC_URL, and then doesn’t look at the file', () => {
    const config = readConfig({ PUBLIC_URL: SECOND }, aFile('no address'))
    expect(config.publicUrl()).toBe(SECOND)
  })

  test('applies its rules to the file’s address', () => {
    expect(() => readConfig(LIVE, aFile('https://shop.example:8443'))).toThrow(/must not have a port/)
    const missing = join(aFolder(), 'public-url')
    expect(() => readConfig({ ...LIVE, TRUST_PROXY: 'loopback' }, missing)).toThrow(
      /^PUBLIC_URL must be set when CODE_MODE=live and TRUST_PROXY is set/,
    )
  })
})

/** As a trial has it while its tunnel runs. */
function aTrial(url: string): string {
  return aFile(`${url}\n${process.pid}\n`)
}

function aFile(text: string): string {
  const path = join(aFolder(), 'public-url')
  writeFileSync(path, text)
  return path
}
