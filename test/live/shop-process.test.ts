import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { startShopProcess } from '../../server/live/shop-process.ts'
import { isRunning } from '../support/cloudflared.ts'
import { until } from '../support/until.ts'
import { aFolder } from '../support/workplace.ts'

const NEVER_READY = `
  const { renameSync, writeFileSync } = require('node:fs')
  writeFileSync('draft', String(process.pid))
  renameSync('draft', 'pid')
  setInterval(() => undefined, 1_000)`

test('a shop that is not ready yet ends when the merchant stops, and is not waited for', async () => {
  const folder = aFolder()
  const stopping = new AbortController()
  const starting = startShopProcess(
    [process.execPath, '--eval', NEVER_READY],
    { folder, env: process.env, signal: stopping.signal },
    () => undefined,
  )
  const outcome = expect(starting).rejects.toThrow('aborted')
  const file = join(folder, 'pid')
  await until(() => existsSync(file))
  stopping.abort()
  await outcome
  expect(isRunning(Number(readFileSync(file, 'utf8')))).toBe(false)
})
