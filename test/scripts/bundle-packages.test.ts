import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { bundlePackages } from '../../scripts/bundle-packages.js'
import { aFolder } from '../support/workplace.ts'

const PROGRAM = `import { PublicKey } from '@code-wallet/keys'
import { GetStatusRequest,
    Common as Messages, } from '@code-wallet/rpc'
import express, { Router } from 'express'
import rawBody from 'raw-body'
import { join } from 'node:path'
import { own } from './own.js'
`

/** A build that consists of this program. */
async function aBuild(program: string): Promise<string> {
  const project = aFolder()
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'))
  const built = join(project, 'built')
  mkdirSync(join(built, 'server'), { recursive: true })
  writeFileSync(join(built, 'server/program.js'), program)
  await bundlePackages(built)
  return join(built, 'node_modules')
}

const load = (folder: string, name: string) => import(pathToFileURL(join(folder, name, 'index.js')).href)

test('the build bundles what it imports of a package, and nothing else of it', async () => {
  const folder = await aBuild(PROGRAM)
  const namesOf = async (name: string) => Object.keys(await load(folder, name)).sort()
  expect(await namesOf('@code-wallet/keys')).toEqual(['PublicKey'])
  expect(await namesOf('@code-wallet/rpc')).toEqual(['Common', 'GetStatusRequest'])
  expect(await namesOf('express')).toEqual(['Router', 'default'])
  expect(await namesOf('raw-body')).toEqual(['default'])
  expect(readdirSync(folder).sort()).toEqual(['@code-wallet', 'express', 'raw-body', 'shared'])

  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const parts = [...code.matchAll(/"code\.(\w+)\.v\d\./g)].map(([, part]) => part)
  expect([...new Set(parts)].sort()).toEqual(['common', 'micropayment']) // of the fifteen in @code-wallet/rpc
})

test('the bundled Express answers as it should', async () => {
  const { default: express } = await load(await aBuild("import express from 'express'\n"), 'express')
  const app = express().use(express.json(), (req: { body: object }, res: { json(body: object): void }) =>
    res.json(req.body),
  )
  const server = app.listen(0, '127.0.0.1')
  try {
    await new Promise((done) => server.once('listening', done))
    const response = await fetch(`http://127.0.0.1:${server.address().port}/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-16' }, // for which iconv-lite is loaded
      body: Buffer.from('{"text":"größer"}', 'utf16le'),
    })
    expect(await response.json()).toEqual({ text: 'größer' })
  } finally {
    server.close()
    server.closeAllConnections()
  }
})
