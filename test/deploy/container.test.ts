import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { environment } from '../../server/config/environment.ts'
import { AFTER_LIVE, BEFORE_LIVE } from '../../server/live/env-file.ts'
import { isIgnored, readIgnored, readStages } from '../container/dockerfile.ts'

// What can be told by reading. test/container/run.ts carries the Dockerfile out.

const stages = readStages('Dockerfile')
const last = stages.at(-1)
const commands = (last?.steps ?? []).flatMap((step) => (step.kind === 'RUN' ? [step.command] : [])).join('\n')
const compose = parse(readFileSync('compose.yaml', 'utf8'))

test('the image ends as a user of its own, with a health check, and is built from what an earlier stage has made', () => {
  expect(stages.length).toBeGreaterThan(1)
  expect(last).toMatchObject({ user: 'nickel', command: ['node', 'scripts/start.cjs'] })
  expect(last?.healthCheck.join(' ')).toContain('/readyz')
  expect(commands).not.toMatch(/\b(?:npm|gcc)\b/)
  const installed = [...commands.matchAll(/\binstall --yes ([^&]*)/g)].map(([, packages]) => packages?.trim())
  expect(installed).toEqual([expect.stringMatching(/^--no-install-recommends postgresql-client-\d+$/)])
})

test('it has the client programs of PostgreSQL, in a version that is not older than the server', () => {
  const [, client] = /postgresql-client-(\d+)/.exec(commands) ?? []
  const [, server] = /^postgres:(\d+)$/.exec(compose.services.database.image) ?? []
  expect(Number(client)).toBeGreaterThanOrEqual(Number(server))
})

test('what a merchant runs on a server needs no development package', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  for (const name of ['start', 'backup', 'check', 'desk', 'doctor', 'live', 'recompute', 'restore'])
    expect([name, scripts[name]]).toEqual([name, expect.stringMatching(/^node scripts\/[a-z]+\.c?js$/)])
})

test('no secret, no data and no package of this machine gets into the image', () => {
  const ignored = readIgnored('.dockerignore')
  // npm run live keeps former settings in files of their own.
  const secret = [
    '.env',
    BEFORE_LIVE,
    AFTER_LIVE,
    `.env.${process.pid}.new`,
    'data',
    '.git',
    'sandbox/node_modules',
    'shop.log',
  ]
  for (const path of secret) expect([path, isIgnored(ignored, path)]).toEqual([path, true])
  for (const path of ['package.json', '.npmrc', 'catalog']) expect(isIgnored(ignored, path)).toBe(false)
})

test('compose.yaml runs it with a root that is read-only, without privileges, for this machine alone', () => {
  const { shop } = compose.services
  expect(shop).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })
  expect(shop.ports).toEqual([`127.0.0.1:3030:${last?.environment.PORT}`])
  expect(shop.volumes).toContain(`data:${last?.volumes[0]}`)
  expect(shop.environment.HOST).toBe(last?.environment.HOST)
  for (const name of Object.keys(shop.environment)) expect(Object.keys(environment.shape)).toContain(name)
})

test('PostgreSQL and the tunnel are there for those who ask for them', () => {
  const { shop, ...others } = compose.services
  expect(shop.profiles).toBeUndefined()
  expect(Object.values<{ profiles: string[] }>(others).map(({ profiles }) => profiles)).toEqual([
    ['postgres'],
    ['tunnel'],
  ])
  expect(shop.depends_on.database).toEqual({ condition: 'service_healthy', required: false })
})
