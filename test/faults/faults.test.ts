import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { run } from '../support/process.ts'
import { aFolder } from '../support/workplace.ts'
import { createRandom } from './fault.ts'
import { createDisk } from './support/disk.ts'
import type { Call } from './support/trace.ts'

const FOLDER = '/shop'

describe('the disk of the power cut', () => {
  const hex = (text: string | Buffer) =>
    [...Buffer.from(text as string)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
  const call = (name: string, args: string, result = 0): Call => ({ name, args, result })
  const create = (path: string) => call('openat', `AT_FDCWD, "${hex(path)}", O_RDWR|O_CREAT, 0644`, 5)
  const write = (path: string, text: string, at = 0) =>
    call('pwrite64', `5<${hex(path)}>, "${hex(text)}", ${text.length}, ${at}`, text.length)
  const sync = (path: string) => call('fsync', `5<${hex(path)}>`)
  const FILE = `${FOLDER}/file`

  function foundAfter(calls: Call[], seed?: number): string | undefined {
    const disk = createDisk(FOLDER)
    for (const one of calls) disk.take(one)
    const into = join(aFolder(), 'after')
    disk.cut(into, seed === undefined ? undefined : createRandom(seed))
    const path = join(into, 'file')
    return existsSync(path) ? readFileSync(path, 'latin1') : undefined
  }

  test('keeps what was synced, and loses what was not', () => {
    const synced = [create(FILE), write(FILE, 'first'), sync(FILE), sync(FOLDER)]
    expect(foundAfter([...synced, write(FILE, 'second')])).toBe('first')
    expect(foundAfter([...synced, write(FILE, 'second'), sync(FILE)])).toBe('second')
    expect(foundAfter([...synced, call('ftruncate', `5<${hex(FILE)}>, 2`), sync(FILE)])).toBe('fi')
  })

  test('loses a file whose folder was not synced, and brings back one whose removal was not', () => {
    const written = [create(FILE), write(FILE, 'text'), sync(FILE)]
    const removed = call('unlink', `"${hex(FILE)}"`)
    expect(foundAfter(written)).toBeUndefined()
    expect(foundAfter([...written, sync(FOLDER), removed])).toBe('text')
    expect(foundAfter([...written, sync(FOLDER), removed, sync(FOLDER)])).toBeUndefined()
  })

  test('by chance keeps all, nothing, or some sectors of what was not synced', () => {
    const text = 'x'.repeat(2_048)
    const calls = [create(FILE), sync(FOLDER), write(FILE, text)]
    const found = Array.from(
      { length: 50 },
      (_, seed) => foundAfter(calls, seed)?.replaceAll('\0', '').length,
    )
    expect(new Set(found)).toEqual(new Set([0, 512, 1_024, 1_536, 2_048]))
  })
})

test('the same seed makes the same choices', () => {
  const choices = (seed: number) => {
    const random = createRandom(seed)
    return Array.from({ length: 5 }, () => random.between(1, 1_000))
  }
  expect(choices(7)).toEqual(choices(7))
  expect(choices(7)).not.toEqual(choices(8))
})

test('a fault that does not exist is a wrong argument, and the help names all that do', async () => {
  const wrong = run('test/faults/run.ts', process.cwd(), {}, ['earthquake'])
  expect(await wrong.ended).toBe(2)
  for (const name of faults()) expect(wrong.output()).toContain(` ${name}`)
})

test('docs/durability.md explains every fault', () => {
  const page = readFileSync('docs/durability.md', 'utf8')
  expect(faults()).toHaveLength(13)
  expect(faults().filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

function faults(): string[] {
  return readdirSync('test/faults').flatMap((file) => {
    const text =
      file.endsWith('.ts') && !file.endsWith('.test.ts')
        ? readFileSync(join('test/faults', file), 'utf8')
        : ''
    return /: Fault = \{\n {2}name: '([\w-]+)'/.exec(text)?.[1] ?? []
  })
}
