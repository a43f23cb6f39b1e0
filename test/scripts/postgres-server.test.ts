import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect } from '@jest/globals'
import { testUnless } from '../support/skipping.ts'
import { until } from '../support/until.ts'
import { later } from '../support/workplace.ts'

const START = `
  import { startPostgres } from './scripts/support/postgres-server.js'
  const { folder } = await startPostgres({ inMemory: true })
  console.log(folder)
  setInterval(() => undefined, 1_000)`

// Where there is no PostgreSQL, there is nothing to leave behind.
const withPostgres = testUnless(!process.env.TEST_DATABASE_URL && 'no PostgreSQL')

withPostgres('Ctrl-C leaves nothing of a server that was started for tests', async () => {
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', START], {
    detached: true, // a group of its own, as a terminal gives to each command
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const group = -(starter.pid ?? 0)
  later(() => starter.exitCode ?? starter.signalCode ?? process.kill(group, 'SIGKILL'))
  const [line] = await once(starter.stdout, 'data')
  const folder = String(line).trim()
  expect(existsSync(folder)).toBe(true)

  process.kill(group, 'SIGINT') // what Ctrl-C does: it reaches all processes of the group
  await until(() => !existsSync(folder))
})
