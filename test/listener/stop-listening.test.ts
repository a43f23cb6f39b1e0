import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, test } from '@jest/globals'
import { stopListening } from '../../server/listener/index.ts'
import { until } from '../support/until.ts'

const LONGER_THAN_ITS_WAITS_MS = 700

// A client in a thread of its own: the thread of the server is busy when it asks.
const CLIENT = `
  const { parentPort, workerData: { port, steps } } = require('node:worker_threads')
  const [MAY_ASK, HAS_ASKED] = [0, 1]
  Atomics.wait(steps, MAY_ASK, 0)
  const client = require('node:net').connect(port, '127.0.0.1', () =>
    client.write('GET / HTTP/1.1\\r\\nHost: shop.example.org\\r\\n\\r\\n', () => {
      Atomics.store(steps, HAS_ASKED, 1)
      Atomics.notify(steps, HAS_ASKED)
    }))
  let answer = ''
  client.on('data', (chunk) => (answer += chunk))
  client.on('error', ({ code }) => (answer += code))
  client.on('close', () => parentPort.postMessage(answer))`

test('a connection that was accepted just before the shop stops still gets its answer, and ends with it', async () => {
  const server = createServer((_req, res) => res.end('in time'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const client = connect(port, '127.0.0.1')
  await once(server, 'connection')
  const stopped = stopListening(server)
  await until(async () => !server.listening)
  client.write('GET / HTTP/1.1\r\nHost: shop.example.org\r\n\r\n')
  const chunks: Buffer[] = []
  for await (const chunk of client) chunks.push(chunk as Buffer)
  const answer = Buffer.concat(chunks).toString()
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  expect(answer).toMatch(/\r\nConnection: close\r\n/)
  expect(answer).toMatch(/in time$/)
  await stopped
})

test('a server without connections doesn’t wait for requests', async () => {
  const [visited, alone] = [createServer(), createServer()]
  for (const server of [visited, alone]) await once(server.listen(0, '127.0.0.1'), 'listening')
  const client = connect((visited.address() as AddressInfo).port, '127.0.0.1')
  await once(visited, 'connection')
  const stopped: string[] = []
  await Promise.all([
    stopListening(visited).then(() => stopped.push('visited')),
    stopListening(alone).then(() => {
      stopped.push('alone')
      client.destroy()
    }),
  ])
  expect(stopped).toEqual(['alone', 'visited'])
})

test('a request that comes while the process is busy, just before the port is closed, still gets its answer', async () => {
  const server = createServer((_req, res) => res.end('in time'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const visitor = connect(port, '127.0.0.1') // without any, the port is closed at once
  await once(server, 'connection')
  const steps = new Int32Array(new SharedArrayBuffer(2 * 4))
  const client = new Worker(CLIENT, { eval: true, workerData: { port, steps } })
  const answered = once(client, 'message')

  const stopped = stopListening(server)
  for (let turn = 0; turn < 5; turn++) await nextTurn() // its wait begins
  Atomics.store(steps, 0, 1)
  Atomics.notify(steps, 0)
  Atomics.wait(steps, 1, 0)
  const end = performance.now() + LONGER_THAN_ITS_WAITS_MS
  while (performance.now() < end);
  expect((await answered)[0]).toMatch(/in time$/)
  visitor.end()
  await stopped
})
