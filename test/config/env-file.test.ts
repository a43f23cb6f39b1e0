import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import dotenv from 'dotenv'
import { ConfigError, loadEnvFile } from '../../server/config/index.ts'
import { asUnprivileged } from '../support/as-unprivileged.ts'
import { aFolder } from '../support/workplace.ts'

function aFile(content: string | Buffer): string {
  const path = join(aFolder(), '.env')
  writeFileSync(path, content)
  return path
}

function load(content: string | Buffer, env: Record<string, string | undefined> = {}) {
  loadEnvFile(env, aFile(content))
  return env
}

/** What the error says, with the file's path left out. */
function errorOf(content: string | Buffer): string {
  const path = aFile(content)
  return errorAt(path)
}

function errorAt(path: string): string {
  try {
    loadEnvFile({}, path)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message.replaceAll(path, '.env')
  }
  throw new Error('the file was accepted')
}

describe('what the file may look like', () => {
  test('a shop without the file starts with its defaults', () => {
    const env = {}
    loadEnvFile(env, join(aFolder(), '.env'))
    expect(env).toEqual({})
  })

  test('comments, spaces, export, colons and all kinds of quotes are read as dotenv reads them', () => {
    const text = [
      '# a comment with PORT=1 and a quote: shop’s, shop\'s "',
      '',
      'PORT = 3031 # a comment',
      '  export HOST=127.0.0.1',
      'LOG_LEVEL: debug',
      'EMPTY=',
      'EMPTY_TOO= # nothing',
      'SINGLE=\'a # b "c" \'',
      'DOUBLE="two\\nlines" # a comment',
      'BACKTICK=`it\'s "both"`',
      'INSIDE=it\'s "fine"',
      'DATABASE_URL=postgres://u:p%23w=@h/d?a=b',
      'export=a-name-like-any-other',
      'A.b-c_1=x',
    ].join('\n')
    expect(load(text)).toEqual({
      PORT: '3031',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'debug',
      EMPTY: '',
      EMPTY_TOO: '',
      SINGLE: 'a # b "c" ',
      DOUBLE: 'two\nlines',
      BACKTICK: 'it\'s "both"',
      INSIDE: 'it\'s "fine"',
      DATABASE_URL: 'postgres://u:p%23w=@h/d?a=b',
      export: 'a-name-like-any-other',
      'A.b-c_1': 'x',
    })
    expect(load(text)).toEqual(dotenv.parse(text))
  })

  test('a quoted value may span several lines, whatever the line endings', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = [
        'KEY="-----BEGIN-----',
        '# not a comment',
        'A=b==',
        '-----END-----" # end',
        'PORT=1',
      ].join(end)
      expect(load(text)).toEqual({ KEY: '-----BEGIN-----\n# not a comment\nA=b==\n-----END-----', PORT: '1' })
    }
  })

  test('a byte order mark is ignored', () => {
    expect(load('\uFEFFPORT=3031\n')).toEqual({ PORT: '3031' })
  })

  test('letters of every language are read as they are', () => {
    expect(load('NAME=Bäckerei 楽天\n')).toEqual({ NAME: 'Bäckerei 楽天' })
  })

  test('real environment variables win over the file, even empty ones', () => {
    expect(load('PORT=1\nHOST=2\nLOG_LEVEL=3\n', { PORT: '7', HOST: '' })).toEqual({
      PORT: '7',
      HOST: '',
      LOG_LEVEL: '3',
    })
  })
})

describe('what stops the start', () => {
  test.each([
    ['no =', 'PORT=1\n\nPORT 3031\n', '.env:3: there is no =. Write NAME=value'],
    ['a colon without a space', 'PORT:3031', '.env:1: there is no ='],
    ['a name alone after export', 'export PORT', '.env:1: there is no ='],
    ['a name with a space', '# x\nMY PORT=1', '.env:2: the name before the = is invalid'],
    ['Windows’ set', 'set PORT=1', '.env:1: the name before the = is invalid'],
    ['a name with an umlaut', 'GRÖSSE=1', '.env:1: the name before the = is invalid'],
    ['no name', '=1', '.env:1: the name before the = is invalid'],
    ['a name that no variable can have', '__proto__=1', '.env:1: __proto__ cannot be set'],
    ['a quote that is never closed', 'A=1\nB="x\nC=2\n', '.env:2: B: the " before the value is never closed'],
    [
      'a quote that only another value closes',
      "A='x\nB='y'\n",
      ".env:1: A: text follows the closing ' in line 2",
    ],
    ['text after the closing quote', 'A="x" y', '.env:1: A: text follows the closing ". Use another'],
    ['a quote within quotes of its kind', "A='it's'", ".env:1: A: text follows the closing '"],
    ['a quote with a backslash', 'A="say \\"hi\\""', '.env:1: A: a backslash does not escape "'],
    [
      'a # that cuts a value',
      'PASSWORD=abc#def',
      '.env:1: PASSWORD: the # would start a comment. Put the value',
    ],
    ['a # that begins a value', 'PASSWORD=#def', '.env:1: PASSWORD: the # would start a comment'],
    ['a name that is given twice', 'PORT=1\nHOST=x\nexport PORT=2', '.env:3: PORT is already set in line 1'],
    [
      'UTF-16 without a byte order mark',
      Buffer.from('A=1', 'utf16le'),
      '.env:1: the line has a control character',
    ],
    ['a separator that editors don’t show', 'A=1\u2028B=2', '.env:1: the line has a control character'],
    ['a NUL', 'PORT=1\n\0\n', '.env:2: the line has a control character'],
    [
      'a setting that there is not',
      'CODE_MODUS=live',
      '.env:1: CODE_MODUS is not a setting of the shop: did you mean CODE_MODE?',
    ],
    ['UTF-16', Buffer.from('\uFEFFA=1', 'utf16le'), '.env:1: the file is UTF-16. Save the file as UTF-8.'],
    ['Latin-1', Buffer.from('A=1\r\n\r\nB=Bäcker\n', 'latin1'), '.env:3: the line is not UTF-8. Save the'],
    ['half a character', Buffer.from([0x41, 0x3d, 0xe6, 0xa5]), '.env:1: the line is not UTF-8'],
  ])('%s', (_what, content, message) => {
    expect(errorOf(content)).toMatch(new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}.*$`))
  })

  test('what `iconv -t UTF-16` makes of a live shop’s file', () => {
    const text = 'CODE_MODE=live\nNODE_ENV=production\n'
    expect(errorOf(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toMatch(/^\.env:1: the file is UTF-16/)
    expect(errorOf(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())).toMatch(/^\.env:1: the file is UTF-16/)
    expect(errorOf(Buffer.from(text, 'utf16le'))).toMatch(/^\.env:1: the line has a control character/)
  })

  test('all invalid lines are reported together, and none of their values', () => {
    const lines = [
      'hunter2',
      'A=hunter2',
      'B=#hunter2',
      'MY B=hunter2',
      'A=hunter2',
      'C="hunter2" hunter2',
      "D='hunter2",
    ]
    const message = errorOf(lines.join('\n'))
    expect(message.split('\n').map((line) => line.slice(0, 7))).toEqual(
      [1, 3, 4, 5, 6, 7].map((line) => `.env:${line}:`),
    )
    expect(message).not.toContain('hunter2')
  })

  test('nothing is set when any line is invalid', () => {
    const env = {}
    expect(() => loadEnvFile(env, aFile('PORT=1\nHOST'))).toThrow('.env:2: ')
    expect(env).toEqual({})
  })

  test('a folder, a link to nothing, a link to itself', () => {
    const folder = aFolder()
    const path = join(folder, '.env')
    mkdirSync(path)
    expect(errorAt(path)).toMatch(/^\.env is a folder\. Replace it with a file/)
    symlinkSync('nowhere', join(folder, 'dangling'))
    expect(errorAt(join(folder, 'dangling'))).toMatch(/is a link to a file that does not exist\. Correct/)
    symlinkSync('itself', join(folder, 'itself'))
    expect(errorAt(join(folder, 'itself'))).toMatch(/cannot be read: ELOOP/)
  })

  test('a file that this user may not read', async () => {
    const path = aFile('PORT=1')
    chmodSync(path, 0o000)
    expect(await asUnprivileged(() => errorAt(path))).toMatch(
      /^\.env cannot be read: permission denied\. Give the user/,
    )
  })
})
