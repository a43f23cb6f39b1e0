import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { changeEnvText, parseEnvText } from '../../server/config/index.ts'
import { changeEnvFile, readEnvFile, undoEnvFile } from '../../server/live/env-file.ts'
import { fuzzing } from '../support/fuzz.ts'
import { testUnless } from '../support/skipping.ts'
import { aFolder } from '../support/workplace.ts'

const { SEED, RUNS, run } = fuzzing({ runs: 100 })
const CHANGES = { CODE_MODE: 'live', PUBLIC_URL: undefined }

describe('the text of an env file', () => {
  test('keeps comments, order and everything else', () => {
    const text = `# Mine\nexport PORT=4000 # here\n\nCODE_MODE=sandbox\nNOTE="two\nlines" # both\nPUBLIC_URL=https://old.example\n`
    expect(changeEnvText(text, { ...CHANGES, NOTE: 'one' }, '.env')).toBe(
      `# Mine\nexport PORT=4000 # here\n\nCODE_MODE=live\nNOTE=one\n# PUBLIC_URL=https://old.example\n`,
    )
  })

  test('gets a new setting below its example, and otherwise at the end', () => {
    const text = '# sandbox or live:\n# CODE_MODE=sandbox\n\n# PORT=3030'
    expect(changeEnvText(text, { CODE_MODE: 'live', NODE_ENV: 'production' }, '.env')).toBe(
      '# sandbox or live:\n# CODE_MODE=sandbox\nCODE_MODE=live\n\n# PORT=3030\nNODE_ENV=production\n',
    )
  })

  test('a value of several lines becomes a comment as a whole', () => {
    expect(changeEnvText("A='1\n2'\nB=3\n", { A: undefined }, '.env')).toBe("# A='1\n# 2'\nB=3\n")
  })

  test('keeps the line ends of Windows', () => {
    expect(changeEnvText('A=1\r\nB=2\r\n', { B: '3', C: '4' }, '.env')).toBe('A=1\r\nB=3\r\nC=4\r\n')
  })

  test('is rejected where the shop itself would reject it', () => {
    expect(() => changeEnvText('CODE_MODE=live\nCODE_MODE=live\n', CHANGES, '.env')).toThrow(
      '.env:2: CODE_MODE is already set in line 1',
    )
  })

  test(`has afterwards what was meant and nothing else, whatever it was (SEED=${SEED} RUNS=${RUNS})`, () => {
    const line = fc.oneof(
      fc.constantFrom('# comment', '', 'A=1', "B='two\nlines'", '# CODE_MODE=sandbox', 'export C = "x" # y'),
      fc.stringMatching(/^[D-Z]{3}=[a-z]{0,5}$/),
    )
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines.map((one) => one.replaceAll('\n', end)).join(end)
        let before: Record<string, string>
        try {
          before = parseEnvText(text, '.env')
        } catch {
          return // a name that is set twice
        }
        const { A: _, ...others } = before
        const changed = changeEnvText(text, { CODE_MODE: 'live', A: undefined }, '.env')
        expect(parseEnvText(changed, '.env')).toEqual({ ...others, CODE_MODE: 'live' })
        const comments = (from: string) => from.split(/\r?\n/).filter((one) => /^# (?!A=)/.test(one))
        expect(comments(changed)).toEqual(comments(text))
      }),
      run,
    )
  })
})

describe('the file .env', () => {
  test('is replaced as a whole, and the old one stays for its owner alone', () => {
    const folder = aFolder()
    const path = join(folder, '.env')
    writeFileSync(path, 'PUBLIC_URL=https://old.example\n', { mode: 0o640 })
    const before = statSync(path)
    expect(changeEnvFile(readEnvFile(folder), CHANGES)).toEqual(['CODE_MODE', 'PUBLIC_URL'])
    expect(readFileSync(path, 'utf8')).toBe('# PUBLIC_URL=https://old.example\nCODE_MODE=live\n')
    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(statSync(path).ino).not.toBe(before.ino)
    expect(statSync(join(folder, '.env.before-live')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, '.env.before-live'), 'utf8')).toBe('PUBLIC_URL=https://old.example\n')
    expect(readdirSync(folder).sort()).toEqual(['.env', '.env.before-live'])
  })

  const otherGroup = (process.getuid?.() === 0 ? [12_345] : (process.getgroups?.() ?? [])).find(
    (group) => group !== process.getgid?.(),
  )
  const ifThereIsOne = testUnless(otherGroup === undefined && 'no other group')
  ifThereIsOne('keeps the group that may read it', () => {
    const folder = aFolder()
    const path = join(folder, '.env')
    writeFileSync(path, '# mine\n', { mode: 0o640 })
    chownSync(path, process.getuid?.() ?? 0, otherGroup ?? 0)
    changeEnvFile(readEnvFile(folder), CHANGES)
    expect(statSync(path)).toMatchObject({ gid: otherGroup, uid: process.getuid?.() })
    expect(statSync(path).mode & 0o777).toBe(0o640)
  })

  test('that isn’t there is made, for its owner alone, and removed by the undoing', () => {
    const folder = aFolder()
    changeEnvFile(readEnvFile(folder), CHANGES)
    expect(readFileSync(join(folder, '.env'), 'utf8')).toMatch(/^# .*\nCODE_MODE=live\n$/)
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600)
    undoEnvFile(folder)
    expect(readdirSync(folder)).toEqual(['.env.after-live'])
  })

  test('that has all settings is left alone', () => {
    const folder = aFolder()
    writeFileSync(join(folder, '.env'), 'CODE_MODE=live\n')
    expect(changeEnvFile(readEnvFile(folder), CHANGES)).toEqual([])
    expect(existsSync(join(folder, '.env.before-live'))).toBe(false)
  })

  test('comes back as it was before the first change, however often it was changed', () => {
    const folder = aFolder()
    const path = join(folder, '.env')
    writeFileSync(path, '# mine\nPORT=4000\n')
    chmodSync(path, 0o644)
    changeEnvFile(readEnvFile(folder), CHANGES)
    changeEnvFile(readEnvFile(folder), { CODE_MODE: 'live', PORT: '4001' })
    const changed = readFileSync(path, 'utf8')
    undoEnvFile(folder)
    expect(readFileSync(path, 'utf8')).toBe('# mine\nPORT=4000\n')
    expect(statSync(path).mode & 0o777).toBe(0o644)
    expect(readFileSync(join(folder, '.env.after-live'), 'utf8')).toBe(changed)
    expect(() => undoEnvFile(folder)).toThrow('There is nothing to undo')
  })

  test('is not overwritten if somebody has saved it meanwhile', () => {
    const folder = aFolder()
    const file = readEnvFile(folder)
    writeFileSync(join(folder, '.env'), 'PORT=4000\n')
    expect(() => changeEnvFile(file, CHANGES)).toThrow('changed meanwhile')
    changeEnvFile(readEnvFile(folder), CHANGES)
    undoEnvFile(folder)
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('PORT=4000\n')
  })

  test.each([
    ['a link', (path: string) => symlinkSync('/dev/null', path)],
    ['not a plain file', (path: string) => mkdirSync(path)],
  ])('is not touched where it is %s', (what, make) => {
    const folder = aFolder()
    make(join(folder, '.env'))
    expect(() => readEnvFile(folder)).toThrow(`.env is ${what}, so it isn’t changed`)
    writeFileSync(join(folder, '.env.before-live'), '')
    expect(() => undoEnvFile(folder)).toThrow('.env is not a plain file')
  })
})
