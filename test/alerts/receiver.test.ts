import http from 'node:http'
import { connect, createServer } from 'node:net'
import { describe, expect, jest, test } from '@jest/globals'
import { AttemptFailed, postMessage, type Receiver } from '../../server/alerts/receiver.ts'
import { aReceiver } from '../support/receiver.ts'
import { later } from '../support/workplace.ts'

const MESSAGE = { id: 'order_paid_1', sentAt: Date.UTC(2026, 0, 1), body: '{"type":"order.paid"}' }

/** Why a message was not accepted. */
async function failureOf(receiver: Receiver): Promise<AttemptFailed> {
  const failure = await postMessage(receiver, MESSAGE).catch((error) => error)
  expect(failure).toBeInstanceOf(AttemptFailed)
  return failure
}

/** Lets the test say when the time for an attempt is up. */
function aDeadline(): AbortController {
  const deadline = new AbortController()
  const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal)
  later(() => {
    expect(timeout).toHaveBeenCalledWith(5_000)
    timeout.mockRestore()
  })
  return deadline
}

describe('a message', () => {
  test.each([200, 201, 202, 204, 299])('is accepted with the status %i', async (status) => {
    const receiver = await aReceiver()
    receiver.answerWith((res) => res.writeHead(status).end())
    await postMessage(receiver.open(), MESSAGE)
    expect(receiver.received).toMatchObject([{ id: MESSAGE.id, sentAt: MESSAGE.sentAt, body: MESSAGE.body }])
  })

  test.each([304, 400, 401, 404, 410, 429, 500, 503])('is not with the status %i', async (status) => {
    const receiver = await aReceiver()
    receiver.answerWith((res) => res.writeHead(status).end())
    expect(await failureOf(receiver.open())).toMatchObject({ message: String(status), answer: null })
  })

  test.each([301, 302, 303, 307, 308])(
    'is not with the redirect %i, which nobody follows',
    async (status) => {
      const receiver = await aReceiver()
      receiver.answerWith((res) => res.writeHead(status, { Location: receiver.url }).end('elsewhere'))
      expect(await failureOf(receiver.open())).toMatchObject({ message: String(status), answer: 'elsewhere' })
      expect(receiver.received).toHaveLength(1)
    },
  )

  test('is not if nothing is said in time', async () => {
    const receiver = await aReceiver()
    const deadline = aDeadline()
    receiver.answerWith(() => deadline.abort())
    expect((await failureOf(receiver.open())).message).toBe('deadline')
  })

  test('is accepted if the status comes in time, and the rest never does', async () => {
    const receiver = await aReceiver()
    const deadline = aDeadline()
    receiver.answerWith((res) => res.writeHead(200).write('all is'))
    const request = (...args: unknown[]) => {
      const call = http.request(...(args as Parameters<typeof http.request>))
      return call.once('response', (res) => res.once('data', () => deadline.abort()))
    }
    await postMessage({ ...receiver.open(), request: request as typeof http.request }, MESSAGE)
  })

  test('is not if the answer is cut off before its status, or is none', async () => {
    const receiver = await aReceiver()
    receiver.answerWith((res) => res.destroy())
    expect((await failureOf(receiver.open())).message).toBe('ECONNRESET')
    receiver.answerWith((res) => res.socket?.end('HTTP/1.1 abc\r\n\r\n'))
    expect((await failureOf(receiver.open())).message).toBe('HPE_INVALID_STATUS')
  })

  test('is not if nobody is there', async () => {
    const receiver = await aReceiver()
    expect((await failureOf(receiver.open({ url: 'http://127.0.0.1:9/' }))).message).toBe('ECONNREFUSED')
    expect((await failureOf(receiver.open({ url: 'http://nowhere.invalid/' }))).message).toMatch(
      /^(ENOTFOUND|EAI_AGAIN)$/,
    )
  })

  test('is answered without end, of which a kilobyte is read', async () => {
    const receiver = await aReceiver()
    const isClosed = new Promise<void>((resolve) =>
      receiver.answerWith((res) => {
        res.writeHead(500).once('close', resolve)
        const fill = (error?: Error | null) => error || res.destroyed || res.write('é\0'.repeat(1_000), fill)
        fill()
      }),
    )
    const { answer } = await failureOf(receiver.open())
    await isClosed
    expect(answer).toMatch(/^(é ){300,}/)
    expect(Buffer.byteLength(answer ?? '')).toBeLessThanOrEqual(1_024 + 2) // the last character is cut in two
  })
})

describe('an address of this machine or its network', () => {
  /** Ports that notice every connection. */
  async function aPort() {
    let connections = 0
    const server = createServer((socket) => {
      connections++
      socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '::', resolve)) // and all of IPv4 with it
    later(() => server.close())
    const { port } = server.address() as { port: number }
    return { port, connections: () => connections }
  }

  test.each([
    '127.0.0.1',
    'localhost',
    '127.1',
    '0x7f000001',
    '2130706433',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::127.0.0.1]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '[fd00::1]',
    '[fe80::1]',
    '[2002:7f00:1::1]',
  ])('is never connected to: %s', async (host) => {
    const receiver = await aReceiver()
    const { port, connections } = await aPort()
    for (const scheme of ['http', 'https']) {
      const url = `${scheme}://${host}:${port}/`
      expect((await failureOf(receiver.open({ url, allowPrivate: false }))).message).toBe('private-address')
    }
    expect(connections()).toBe(0)
  })

  test('in the obsolete notation that embeds IPv4, which no network routes, is not reached either', async () => {
    const receiver = await aReceiver()
    const { port, connections } = await aPort()
    await failureOf(receiver.open({ url: `http://[::127.0.0.1]:${port}/`, allowPrivate: false }))
    expect(connections()).toBe(0)
  })

  test('is one thing, and a public one another', async () => {
    const receiver = await aReceiver()
    const asked: unknown[] = []
    const dial = jest.spyOn(http.Agent.prototype, 'createConnection').mockImplementation((options) => {
      asked.push(options.host)
      return connect(receiver.port, '127.0.0.1') // instead of a machine that is somebody's
    })
    later(() => dial.mockRestore())
    for (const host of ['8.8.8.8', '2606:4700::1111'])
      await postMessage(
        receiver.open({ url: `http://${host.includes(':') ? `[${host}]` : host}/`, allowPrivate: false }),
        MESSAGE,
      )
    expect(asked).toEqual(['8.8.8.8', '2606:4700::1111'])
    expect(receiver.received).toHaveLength(2)
  })

  test('may be connected to if the merchant allows it', async () => {
    const receiver = await aReceiver()
    const url = `http://localhost:${receiver.port}/`
    await postMessage(receiver.open({ url }), MESSAGE)
    expect(receiver.received).toHaveLength(1)
  })
})
