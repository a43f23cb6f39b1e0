import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Common, OpenMessageStreamResponse } from '@code-wallet/rpc'
import { type WebSocket, WebSocketServer } from 'ws'
import { Problem, Refusal } from '../errors.ts'
import type { Clock, Report } from '../events.ts'
import { type Faults, injectFault } from '../faults/index.ts'
import { accept, refuse, type Sequencer } from '../sequencer/index.ts'
import { asCallOf } from '../trace/index.ts'
import type { Stream, Streams } from './streams.ts'

const MOST_SOCKETS = 1_000
const MESSAGE_LIMIT_BYTES = 64 * 1024 // as over HTTP
const MOST_CALLS_WAITING = 64 // of one socket; calls are answered one after another
const UNREAD_LIMIT_BYTES = 1024 * 1024 // who doesn't read the answers gets no more of them
const SOCKET_LIFE_MS = 60_000 // without a stream; a stream brings its own minute
const FAREWELL_MS = 1_000 // for the other side to say goodbye, too
const PATH = /^\/v1(\/+(api\/?)?)?$/ // which of them Code uses is in no package

// RFC 6455, section 7.4.1
const NORMAL = 1000
const GOING_AWAY = 1001
const POLICY = 1008
const BROKEN = 1011

interface Deps {
  sequencer: Sequencer
  streams: Streams
  faults: Pick<Faults, 'ofCall'>
  clock: Clock
  report: Report
}

export type Sockets = ReturnType<typeof createSockets>

/** Code's calls and streams over WebSockets: an envelope in each binary message, both ways, open to every origin. */
export function createSockets({ sequencer, streams, faults, clock, report }: Deps) {
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMIT_BYTES,
    perMessageDeflate: false,
  })
  const endings = new Map<WebSocket, number>()
  const detachments: (() => void)[] = []
  let ended = false

  function welcome(socket: WebSocket): void {
    let calls: Promise<void> = Promise.resolve()
    let waiting = 0
    let stream: Stream | undefined
    endings.set(socket, clock.now() + SOCKET_LIFE_MS)

    function openStream(intent: string): void {
      if (stream) throw new Refusal('this connection has a stream already')
      if (socket.readyState !== socket.OPEN) throw new Refusal('this connection is closed')
      stream = streams.open(intent, {
        hear: ({ message }) => send(socket, accept(new OpenMessageStreamResponse({ messages: [message] }))),
        end: (reason) => bid(socket, NORMAL, reason),
      })
      endings.delete(socket)
    }

    async function take(bytes: Uint8Array): Promise<void> {
      const fault = await injectFault({ faults, report })
      if (fault?.fails) bid(socket, BROKEN, 'injected fault')
      else if (fault?.answer) socket.send(fault.answer)
      else if (!fault) await answer(bytes)
      waiting--
    }

    async function answer(bytes: Uint8Array): Promise<void> {
      const response = await sequencer.converse(bytes, { openStream }).catch(explain)
      if (response) send(socket, response)
    }

    socket.on('message', (data, isBinary) => {
      if (++waiting > MOST_CALLS_WAITING) return bid(socket, POLICY, 'too many calls at once')
      const bytes = isBinary ? (data as Buffer) : undefined
      calls = calls.then(() => (bytes ? asCallOf('browser', bytes, () => take(bytes)) : takeText()))
    })
    socket.on('close', () => {
      endings.delete(socket)
      stream?.close()
    })
    socket.on('error', (error) => report({ what: 'socket failed', reason: error.message })) // ws closes it itself

    function takeText(): void {
      waiting--
      send(socket, refuse('envelopes travel in binary messages'))
    }
  }

  function explain(error: unknown): Common.Response {
    if (error instanceof Problem) return refuse(error.message)
    report({ what: 'failed', path: 'WebSocket', reason: String((error as Error)?.stack ?? error) })
    return refuse('Something went wrong in the sandbox; its log knows more.')
  }

  function endAll(): void {
    ended = true
    for (const socket of webSockets.clients) bid(socket, GOING_AWAY, 'the sandbox was stopped')
  }

  return {
    /** Takes a server's WebSockets under `path`, and leaves the rest to the server. */
    attach(server: Server, path: string): void {
      const take = (req: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (!isOurs(req, path)) return leave(server, req, socket, head)
        if (ended || webSockets.clients.size >= MOST_SOCKETS)
          return turnAway(socket, '503 Service Unavailable')
        webSockets.handleUpgrade(req, socket, head, welcome)
      }
      server.on('upgrade', take)
      detachments.push(() => server.off('upgrade', take))
    },

    /** Ends the sockets which have no stream and whose minute is over by the clock. */
    endOld(): void {
      for (const [socket, endsAt] of endings)
        if (clock.now() >= endsAt) bid(socket, NORMAL, 'nothing was streamed for a minute')
    },

    /** Ends all, and takes no more. */
    endAll,

    async close(): Promise<void> {
      for (const detach of detachments.splice(0)) detach()
      endAll()
      const sockets = [...webSockets.clients]
      await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))))
    },
  }
}

function send(socket: WebSocket, response: Common.Response): void {
  if (socket.bufferedAmount > UNREAD_LIMIT_BYTES) socket.terminate()
  else socket.send(response.toBinary(), () => {}) // a socket that broke meanwhile has its own event for that
}

function bid(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState !== socket.OPEN) return
  socket.close(code, reason)
  setTimeout(() => socket.terminate(), FAREWELL_MS).unref()
}

function isOurs({ url = '' }: IncomingMessage, path: string): boolean {
  const [pathname = ''] = url.split('?')
  return pathname.startsWith(path) && PATH.test(pathname.slice(path.length))
}

/**
 * Whoever listens to upgrades gets all of them, also those that HTTP clients merely offer on any request (`curl
 * --http2`, Java). Where nobody else listens, the request begins anew without its offer: then the server answers it
 * as if nobody listened at all.
 */
function leave(server: Server, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  if (server.listenerCount('upgrade') > 1) return
  const lines = [`${req.method} ${req.url} HTTP/${req.httpVersion}`]
  for (let index = 0; index < req.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = req.rawHeaders.slice(index, index + 2)
    if (name.toLowerCase() !== 'upgrade') lines.push(`${name}: ${value}`)
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]))
  server.emit('connection', socket)
}

function turnAway(socket: Duplex, status: string): void {
  socket.on('error', () => {}) // it may break before it is told
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
