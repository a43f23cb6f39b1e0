import { once } from 'node:events'
import { cpSync, truncateSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createBoundedServer } from '../../server/listener/index.ts'
import { aShop, order } from '../support/shop.ts'
import { until } from '../support/until.ts'
import { aFolder, later, startListening } from '../support/workplace.ts'

const FILE_LENGTH = 16_000_000 // more than all buffers on the way take
const MIB = 1024 * 1024
const SILENCE_MS = 1_500 // longer than a busy machine takes for a request
const LIMITS = { silenceMs: SILENCE_MS, idleMs: 500, checkMs: 50 }
const PAUSES_OF_AN_ADDRESS = 8
const HALF_AN_HOUR = 30 * 60_000

/** A large file that was paid for, from a server that closes silent connections soon; and a client that pauses at once. */
async function aLargeDownload() {
  const catalogFolder = aFolder()
  cpSync('test/support/catalog', catalogFolder, { recursive: true })
  truncateSync(join(catalogFolder, 'files', 'table.csv'), FILE_LENGTH)
  const shop = await aShop({ catalogFolder, env: { TRUST_PROXY: 'loopback' } })
  const browser = shop.browser()
  const offer = await order(browser, 'download')
  await shop.pay(offer.id)
  const { headers } = await browser.get('/products/download').expect(200)
  const cookie = `${headers['set-cookie']}`.split(';')[0]
  const { port, sockets } = await aBoundedServer(shop.handle)
  const pausedClient = (address: string, range = 'bytes=0-') => {
    const socket = connect(port, '127.0.0.1').pause()
    later(() => socket.destroy())
    socket.on('error', () => undefined) // closed by the server
    socket.write(
      `GET /products/download/file HTTP/1.1\r\nHost: shop\r\nCookie: ${cookie}\r\nRange: ${range}\r\nX-Forwarded-For: ${address}\r\n\r\n`,
    )
    return socket
  }
  return { browser, pausedClient, sockets }
}

async function aBoundedServer(handle: Parameters<typeof createBoundedServer>[0]) {
  const sockets: Socket[] = []
  const server = createBoundedServer(handle, {}, LIMITS)
  server.on('connection', (socket) => sockets.push(socket))
  return { port: await startListening(server), sockets }
}

/** Reads on, and resolves with how many bytes came before the connection was closed. */
async function readAll(socket: Socket): Promise<number> {
  let length = 0
  socket.on('data', (chunk) => {
    length += chunk.length
  })
  socket.resume()
  await once(socket, 'close')
  return length
}

test('the clients of eight downloads from one address may pause; further ones are disconnected as others are', async () => {
  const { pausedClient, sockets } = await aLargeDownload()
  const patient = Array.from({ length: PAUSES_OF_AN_ADDRESS }, () => pausedClient('192.0.2.1'))
  await until(() => sockets.filter(({ writableLength }) => writableLength > 0).length === patient.length)
  const impatient = pausedClient('192.0.2.1')
  const other = pausedClient('192.0.2.2')
  await until(() => sockets.length === patient.length + 2)
  await Promise.race(sockets.map((socket) => once(socket, 'close')))
  expect(sockets.filter(({ writableLength }) => writableLength > MIB)).toEqual([])
  const lengths = await Promise.all([...patient, other].map(readAll))
  expect(lengths.map((length) => length > FILE_LENGTH)).toEqual(lengths.map(() => true))
  expect(await readAll(impatient)).toBeLessThan(FILE_LENGTH)
}, 60_000)

test('once downloads are over, their connections are idle like any other, and their places are free', async () => {
  const { pausedClient, sockets } = await aLargeDownload()
  const short = Array.from({ length: PAUSES_OF_AN_ADDRESS }, () => pausedClient('192.0.2.1', 'bytes=0-9'))
  await Promise.all(short.map(readAll))
  pausedClient('192.0.2.1')
  await until(() => (sockets[PAUSES_OF_AN_ADDRESS]?.writableLength ?? 0) > 0)
  expect(sockets[PAUSES_OF_AN_ADDRESS]?.timeout).toBe(HALF_AN_HOUR)
}, 60_000)

test('nginx is told not to read ahead', async () => {
  const { browser } = await aLargeDownload()
  const { headers } = await browser.head('/products/download/file').expect(200)
  expect(headers['x-accel-buffering']).toBe('no')
})
