import { execFileSync, spawn } from 'node:child_process'
import { closeSync, constants, cpSync, openSync, readSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { inTurns, toFile, toStream } from '../../server/web/output.ts'
import { TSX } from '../support/process.ts'
import { until } from '../support/until.ts'
import { aFolder, later } from '../support/workplace.ts'

const LINE = `${'x'.repeat(999)}\n`
const TOO_MANY = 3_000 // three megabytes

const lossIn = (text: string) => {
  const line = text.split('\n').find((line) => line.includes('"lost"'))
  return line && JSON.parse(line)
}

describe('a log whose output takes nothing', () => {
  test('goes on when the disk is full', () => {
    const full = openSync('/dev/full', 'w')
    later(() => closeSync(full))
    const output = toFile(full)
    expect(() => output.write(LINE)).not.toThrow()
  })

  test('says how many lines failed as soon as one does not', () => {
    const path = join(aFolder(), 'fifo')
    execFileSync('mkfifo', [path])
    const openReader = () => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    let reader = openReader() // without one, the other end can't be opened
    const fifo = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
    later(() => closeSync(fifo))
    const output = toFile(fifo)
    closeSync(reader) // from now on, writing fails, as it does on a full disk
    for (let line = 0; line < TOO_MANY; line++) output.write(LINE)
    reader = openReader()
    later(() => closeSync(reader))
    output.write('the next one\n')
    const read = Buffer.alloc(1_024)
    const [report = '', next] = read.toString('utf8', 0, readSync(reader, read)).split('\n')
    expect([lossIn(report).lost, next]).toEqual([TOO_MANY, 'the next one'])
  })

  test('keeps a megabyte for a slow reader, drops the rest, and says how many lines were lost', async () => {
    const path = join(aFolder(), 'fifo')
    execFileSync('mkfifo', [path])
    const fifo = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
    later(() => closeSync(fifo))
    const output = toFile(fifo)
    for (let line = 0; line < TOO_MANY; line++) output.write(LINE)
    const read = Buffer.alloc(8 * 1024 * 1024)
    let size = 0
    const readOn = () => {
      try {
        for (;;) size += readSync(fifo, read, size, read.length - size, null)
      } catch {
        return size
      }
    }
    let written = TOO_MANY
    await until(async () => {
      output.write(LINE)
      written++
      return readOn() > 0 && read.includes('"lost"')
    })
    const lines = () => read.toString('utf8', 0, readOn()).trimEnd().split('\n')
    const { lost } = lossIn(lines().join('\n'))
    expect(lost).toBeGreaterThan(1_000)
    await until(async () => lines().length === written - lost + 1)
    expect(new Set(lines()).size).toBe(2)
  })

  test('is bounded for a stream that nobody reads', () => {
    const stuck = new Writable({ write: () => undefined })
    const output = toStream(stuck)
    for (let line = 0; line < TOO_MANY; line++) output.write(LINE)
    expect(stuck.writableLength).toBeLessThanOrEqual(1024 * 1024)
  })

  test('says to a stream, too, how much was lost', async () => {
    const taken: string[] = []
    let takeOn: () => void = () => undefined
    const slow = new Writable({
      decodeStrings: false,
      write(text, _encoding, done) {
        taken.push(text)
        takeOn = done
      },
    })
    const output = toStream(slow)
    for (let line = 0; line < TOO_MANY; line++) output.write(LINE)
    while (slow.writableLength > 0) takeOn()
    output.write('the next one\n')
    takeOn()
    expect(taken.at(-1)).toBe('the next one\n')
    expect(taken.length - 2 + lossIn(taken.at(-2) ?? '').lost).toBe(TOO_MANY)
  })
})

describe('the lines of one turn', () => {
  test('are written together before the event loop goes on', async () => {
    const written: string[] = []
    const { output } = inTurns({ write: (text) => written.push(text) })
    const write = (line: string) => Promise.resolve().then(() => output.write(line))
    await Promise.all([write('one\n'), write('two\n')])
    expect(written).toEqual([])
    await new Promise(setImmediate)
    expect(written).toEqual(['one\ntwo\n'])
    output.write('three\n')
    await new Promise(setImmediate)
    expect(written).toEqual(['one\ntwo\n', 'three\n'])
  })

  test('are written in order by whoever ends the process, and once', async () => {
    const written: string[] = []
    const { output, flush } = inTurns({ write: (text) => written.push(text) })
    output.write('last words\n')
    flush()
    await new Promise(setImmediate)
    expect(written).toEqual(['last words\n'])
  })

  test('are counted one by one when they are lost', () => {
    const taken: string[] = []
    const slow = new Writable({
      decodeStrings: false,
      highWaterMark: 1,
      write: (text, _encoding, done) => {
        taken.push(text)
        done()
      },
    })
    const { write } = toStream(slow)
    write(`${LINE.repeat(TOO_MANY)}`)
    write('the next one\n')
    expect(lossIn(taken.join('')).lost).toBe(TOO_MANY)
  })
})

test.each(['/dev/full', 'a pipe that nobody reads'])(
  'a shop that logs to %s answers, and ends when it is told to',
  async (where) => {
    const folder = aFolder()
    cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
    const port = await aFreePort()
    const log = where === '/dev/full' ? openSync(where, 'w') : 'pipe'
    const child = spawn(process.execPath, ['--import', TSX, resolve('server/main.ts')], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', PORT: String(port), LOG_LEVEL: 'trace' },
      stdio: ['ignore', log, 'ignore'],
    })
    later(() => child.kill('SIGKILL'))
    const ended = new Promise((done) => child.once('exit', done))
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).then(({ status }) => status)
    await until(() =>
      get('/healthz').then(
        () => true,
        () => false,
      ),
    )
    const long = `/${'x'.repeat(8_000)}`
    for (let request = 0; request < 20; request++) expect(await get(long)).toBe(404)
    expect(await get('/readyz')).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  },
  60_000,
)
