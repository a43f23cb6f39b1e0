import { connect, type Socket } from 'node:net'

/** The result of sending some requests, each once. Durations are in milliseconds, in the order of the answers. */
export interface Load {
  perSecond: number
  durations: number[]
}

const HEAD_END = Buffer.from('\r\n\r\n')
const STALL_LIMIT_MS = 30_000

/**
 * Sends the requests, each once, over `connections` connections. Each connection sends the next request as soon as the last
 * one is answered, but no more than `perSecond` altogether, if that is given. Uses raw sockets and requests that were built beforehand: if the client cost as much as the server, two
 * cores would measure the client. Throws on any answer but 200.
 */
export async function load(
  port: number,
  requests: readonly Buffer[],
  connections: number,
  perSecond?: number,
): Promise<Load> {
  const durations: number[] = []
  const began = performance.now()
  const waiting = inTime(requests, began, perSecond)
  await Promise.all(Array.from({ length: connections }, () => work(port, waiting, durations)))
  return { perSecond: (requests.length / (performance.now() - began)) * 1_000, durations }
}

/** A request, and when it should be sent, by performance.now(); undefined for as soon as possible. */
interface Timed {
  request: Buffer
  dueAt: number | undefined
}

function* inTime(
  requests: readonly Buffer[],
  began: number,
  perSecond: number | undefined,
): Generator<Timed, void> {
  for (const [index, request] of requests.entries())
    yield { request, dueAt: perSecond && began + (index / perSecond) * 1_000 }
}

function work(port: number, waiting: Iterator<Timed, void>, durations: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let received: Buffer[] = []
    let sentAt = 0

    function next(): void {
      const { value, done } = waiting.next()
      if (done) {
        socket.end()
        resolve()
        return
      }
      const wait = (value.dueAt ?? 0) - performance.now()
      if (wait > 0) setTimeout(send, wait, value)
      else send(value)
    }

    // With a rate, what a request had to wait because the ones before it were late is part of its duration.
    function send({ request, dueAt }: Timed): void {
      sentAt = dueAt ?? performance.now()
      socket.write(request)
    }

    socket.setTimeout(STALL_LIMIT_MS, () => fail(socket, reject, 'no answer came'))
    socket.on('connect', next).on('error', reject)
    socket.on('close', () => reject(new Error('the server closed the connection')))
    socket.on('data', (chunk) => {
      received.push(chunk)
      const answer = received.length === 1 ? chunk : Buffer.concat(received)
      if (!isComplete(answer)) return
      if (!answer.toString('latin1', 0, 12).endsWith(' 200')) return fail(socket, reject, answer.toString())
      durations.push(performance.now() - sentAt)
      received = []
      next()
    })
  })
}

function fail(socket: Socket, reject: (error: Error) => void, why: string): void {
  reject(new Error(`A request was not answered with 200: ${why.slice(0, 500)}`))
  socket.destroy()
}

/** All servers here send a Content-Length. */
function isComplete(answer: Buffer): boolean {
  const headEnd = answer.indexOf(HEAD_END)
  if (headEnd < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.toString('latin1', 0, headEnd))?.[1]
  if (length === undefined) throw new Error('an answer without Content-Length')
  return answer.length >= headEnd + HEAD_END.length + Number(length)
}

/** Returns the bytes of an HTTP request. */
export function httpRequest(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body: string | Uint8Array = '',
): Buffer {
  const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}`)
  const bytes = Buffer.from(body as string)
  if (bytes.length > 0) lines.push(`Content-Length: ${bytes.length}`)
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`), bytes])
}
