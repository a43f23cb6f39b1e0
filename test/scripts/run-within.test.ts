import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { runWithin } from '../../scripts/support/run-within.js'
import { aFolder } from '../support/workplace.ts'

function aModule(source: string): string {
  const path = join(aFolder(), 'module.mjs')
  writeFileSync(path, source)
  return path
}

test('a process that has sent its exit code is not waited for', async () => {
  const code = await runWithin(20_000, aModule('process.send(3, () => { for (;;); })'), [])
  expect(code).toBe(3)
})

test('a process that ends by itself has its own exit code', async () => {
  expect(await runWithin(20_000, aModule('process.exit(Number(process.argv[2]))'), ['2'])).toBe(2)
})

test('a process that takes too long is ended', async () => {
  const beganAt = performance.now()
  expect(await runWithin(100, aModule('setInterval(() => undefined, 1_000)'), [])).toBe(1)
  expect(performance.now() - beganAt).toBeLessThan(10_000)
})
