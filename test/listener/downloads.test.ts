import { once } from 'node:events'
import { closeSync, cpSync, openSync, type ReadStream, truncateSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createBoundedServer } from '../../server/listener/index.ts'
import { aShop, order } from '../support/shop.ts'
import { until } from '../support/until.ts'
import { aFolder, later, leaveMeanwhile, startListening } from '../support/workplace.ts'

const FILE_LENGTH = 16_000_000 // more than all buffers on the way take
const MIB = 1024 * 1024
const SILENCE_MS = 1_500 // longer than a busy machine takes for a request
const LIMITS = { silenceMs: SILENCE_MS, idleMs: 500, checkMs: 50 }
const PAUSES_OF_AN_ADDRESS = 8
const ERROR = 50 // pino's level
const HALF_AN_HOUR = 30 * 60_000

/** A large file that was paid for, from a server that closes silent connections soon; and a client that pauses at once. */
async function aLargeDownload() {
  const catalogFolder = aFolder()
  cpSync('test/support/catalog', catalogFolder, { recursive: true })
  const path = join(catalogFolder, 'files', 'table.csv')
  truncateSync(path, FILE_LENGTH)
  const shop = await aShop({ catalogFolder, env: { TRUST_PROXY: 'loopback' } })
  const browser = shop.browser()
  const offer = await order(browser, 'download')
  await shop.pay(offer.id)
  const { headers } = await browser.get('/products/download').expect(200)
  const cookie = `${headers['set-cookie']}`.split(';')[0]
  const files: ReadStream[] = []
  const { port, sockets } = await aBoundedServer((req, res) => {
    res.once('pipe', (file) => files.push(file as ReadStream))
    const handler = req.headers['x-leaves'] ? leaveMeanwhile(shop.handle) : shop.handle
    handler(req, res)
  })
  const pausedClient = (address: string, range = 'bytes=0-', more = '') => {
    const socket = connect(port, '127.0.0.1').pause()
    later(() => socket.destroy())
    socket.on('error', () => undefined) // closed by the server
    socket.write(
      `GET /products/download/file HTTP/1.1\r\nHost: shop\r\nCookie: ${cookie}\r\nRange: ${range}\r\nX-Forwarded-For: ${address}\r\n${more}\r\n`,
    )
    return socket
  }
  return { browser, pausedClient, sockets, files, path, logged: shop.logged }
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

test('clients that leave before their downloads begin take up no places', async () => {
  const { pausedClient, sockets, files } = await aLargeDownload()
  for (let left = 0; left < PAUSES_OF_AN_ADDRESS; left++)
    pausedClient('192.0.2.1', 'bytes=0-', 'X-Leaves: yes\r\n')
  await until(() => files.length === PAUSES_OF_AN_ADDRESS)
  pausedClient('192.0.2.1')
  await until(() => (sockets[PAUSES_OF_AN_ADDRESS]?.writableLength ?? 0) > 0)
  expect(sockets[PAUSES_OF_AN_ADDRESS]?.timeout).toBe(HALF_AN_HOUR)
}, 60_000)

describe('a download that pauses', () => {
  /** One that waits for its client, in the middle of the file. */
  async function aPausedDownload() {
    const download = await aLargeDownload()
    const client = download.pausedClient('192.0.2.1')
    await until(() => (download.sockets[0]?.writableLength ?? 0) > 0)
    const [[file], [connection]] = [download.files, download.sockets]
    if (!file || !connection) throw new Error('nothing is sent')
    const errors = () => download.logged.filter(({ level }) => Number(level) >= ERROR)
    return { ...download, client, file, connection, errors }
  }

  test('is cut off, and logged as an error, if the rest can’t be read', async () => {
    const { client, file, errors } = await aPausedDownload()
    const fd = (file as unknown as { fd: number }).fd
    closeSync(fd)
    expect(openSync('.', 'r')).toBe(fd) // a folder, which can't be read like a file
    expect(await readAll(client)).toBeLessThan(FILE_LENGTH)
    expect(errors()).toMatchObject([{ err: { code: 'EISDIR' } }])
  })

  test('is cut off, and logged as an error, if the file has become shorter', async () => {
    const { client, path, errors } = await aPausedDownload()
    truncateSync(path, MIB)
    expect(await readAll(client)).toBeLessThan(FILE_LENGTH)
    expect(errors()).toMatchObject([{ err: { message: 'The file became shorter while it was sent.' } }])
  })

  test.each([
    ['is ended by its client', (client: Socket) => client.destroy()],
    [
      'is ended by a broken connection',
      (_: Socket, connection: Socket) =>
        connection.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' })),
    ],
  ])('isn’t logged as an error if it %s', async (_what, end) => {
    const { client, connection, file, errors } = await aPausedDownload()
    const closed = once(file, 'close')
    end(client, connection)
    await closed
    await new Promise(setImmediate)
    expect(errors()).toEqual([])
  })
})

test('nginx is told not to read ahead', async () => {
  const { browser } = await aLargeDownload()
  const { headers } = await browser.head('/products/download/file').expect(200)
  expect(headers['x-accel-buffering']).toBe('no')
})
