import { expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { listen } from '../support/workplace.ts'

/** Hands out these ports, one after another. */
const oneOf = (...ports: number[]) => {
  return () => ports.shift() as number
}

test('a free port is one that fetch() may call', async () => {
  const free = await aFreePort()
  const found = await aFreePort(oneOf(10_080, free))
  await expect(fetch('http://127.0.0.1:10080')).rejects.toMatchObject({ cause: { message: 'bad port' } })
  expect(found).toBe(free)
})

test('a free port is one that nobody listens on', async () => {
  const free = await aFreePort()
  const { port } = await listen((_req, res) => res.end())
  expect(await aFreePort(oneOf(port, free))).toBe(free)
})
