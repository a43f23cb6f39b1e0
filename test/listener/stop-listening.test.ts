import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from '@jest/globals'
import { stopListening } from '../../server/listener/index.ts'
import { until } from '../support/until.ts'

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
