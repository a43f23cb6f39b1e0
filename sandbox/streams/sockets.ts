import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Common, OpenMessageStreamResponse } from '@code-wallet/rpc'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import { Problem, Refusal } from '../errors.ts'
import type { Clock, Report } from '../events.ts'
import { type Faults, injectFault } from '../faults/index.ts'
import { accept, CALL_LIMIT_BYTES, refuse, type Sequencer } from '../sequencer/index.ts'
import { asCallOf } from '../trace/index.ts'
import type { Stream, Streams } from './streams.ts'

const MOST_SOCKETS = 1_000
const MOST_CALLS_WAITING = 64 // of one socket; calls are answered one after another
const UNREAD_LIMIT_BYTES = 1024 * 1024 // a client that doesn't read its answers is disconnected
const SOCKET_LIFE_MS = 60_000 // for a socket without a stream; a stream has its own limit
const CLOSE_TIMEOUT_MS = 1_000 // for the other side to close as well
// Its types don't know the last one yet.
const OPTIONS: ServerOptions & { closeTimeout: number } = {
  noServer: true,
  maxPayload: CALL_LIMIT_BYTES,
  perMessageDeflate: false,
  closeTimeout: CLOSE_TIMEOUT_MS,
}
const PATH = /^\/v1(\/+(api\/?)?)?$/ // Code's packages don't say which of these Code uses

// RFC 6455, section 7.4.1
const NORMAL = 1000
const GOING_AWAY = 1001
const POLICY = 1008
const BROKEN = 1011

/** A server of Node 22.21, 24.9 or later. Earlier ones ignore the callback. */
interface DecidingServer extends Server {
  shouldUpgradeCallback?: ((req: IncomingMessage) => boolean) | undefined
}

interface Deps {
  sequencer: Sequencer
  streams: Streams
  faults: Pick<Faults, 'ofCall'>
  stopwatch: Clock
  report: Report
}

export type Sockets = ReturnType<typeof createSockets>

/** Answers Code's calls and streams over WebSockets: one envelope in each binary message, open to every origin. */
export function createSockets({ sequencer, streams, faults, stopwatch, report }: Deps) {
  const webSockets = new WebSocketServer(OPTIONS)
  const idleUntil = new Map<WebSocket, number>()
  const detachments: (() => void)[] = []
  let ended = false

  function serve(socket: WebSocket): void {
    let calls: Promise<void> = Promise.resolve()
    let waiting = 0
    let stream: Stream | undefined
    idleUntil.set(socket, stopwatch.now() + SOCKET_LIFE_MS)

    function openStream(intent: string): void {
      if (stream) throw new Refusal('this connection already has a stream')
      if (socket.readyState !== socket.OPEN) throw new Refusal('this connection is closed')
      stream = streams.open(intent, {
        receive: ({ message }) =>
          send(socket, accept(new OpenMessageStreamResponse({ messages: [message] }))),
        end: (reason) => closeSocket(socket, NORMAL, reason),
      })
      idleUntil.delete(socket)
    }

    async function answerCall(bytes: Uint8Array): Promise<void> {
      const fault = await injectFault({ faults, report })
      if (fault?.fails) closeSocket(socket, BROKEN, 'injected fault')
      else if (fault?.answer) socket.send(fault.answer)
      else if (!fault) await answer(bytes)
      waiting--
    }

    async function answer(bytes: Uint8Array): Promise<void> {
      const response = await sequencer.handle(bytes, { openStream }).catch(toRefusal)
      if (response) send(socket, response)
    }

    socket.on('message', (data, isBinary) => {
      if (++waiting > MOST_CALLS_WAITING) return closeSocket(socket, POLICY, 'too many calls at once')
      const bytes = isBinary ? (data as Buffer) : undefined
      calls = calls.then(() => (bytes ? asCallOf('browser', bytes, () => answerCall(bytes)) : refuseText()))
    })
    socket.on('close', () => {
      idleUntil.delete(socket)
      stream?.close()
    })
    socket.on('error', (error) => report({ what: 'socket failed', reason: error.message })) // ws closes the socket itself

    function refuseText(): void {
      waiting--
      send(socket, refuse('envelopes must be sent as binary messages'))
    }
  }

  function toRefusal(error: unknown): Common.Response {
    if (error instanceof Problem) return refuse(error.message)
    report({ what: 'failed', path: 'WebSocket', reason: String((error as Error)?.stack ?? error) })
    return refuse('Unexpected error in the sandbox. Its log has the details.')
  }

  function endAll(): void {
    ended = true
    for (const socket of webSockets.clients) closeSocket(socket, GOING_AWAY, 'the sandbox was stopped')
  }

  return {
    /** Accepts a server's WebSockets under `path`, and leaves all others to the server. */
    attach(server: Server, path: string): void {
      const acceptUpgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (!isOurs(req, path)) return passOn(server, req, socket, head)
        if (ended || webSockets.clients.size >= MOST_SOCKETS)
          return refuseUpgrade(socket, '503 Service Unavailable')
        webSockets.handleUpgrade(req, socket, head, serve)
      }
      server.on('upgrade', acceptUpgrade)
      const keepOthers = leaveToServer(server, path)
      detachments.push(() => server.off('upgrade', acceptUpgrade), keepOthers)
    },

    /** Closes the sockets that have had no stream for a minute. */
    endOld(): void {
      for (const [socket, endsAt] of idleUntil)
        if (stopwatch.now() >= endsAt) closeSocket(socket, NORMAL, 'no stream for a minute')
    },

    /** Closes all sockets, and accepts no more. */
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
  else socket.send(response.toBinary(), () => {}) // a socket that breaks meanwhile emits `error` as well
}

function closeSocket(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState !== socket.OPEN) return
  socket.close(code, reason)
  setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS).unref()
}

/** Whether it is a WebSocket for the sandbox. The same address also takes calls by POST, which may offer other protocols. */
function isOurs({ url = '', headers }: IncomingMessage, path: string): boolean {
  if (headers.upgrade?.toLowerCase() !== 'websocket') return false
  const [pathname = ''] = url.split('?')
  return pathname.startsWith(path) && PATH.test(pathname.slice(path.length))
}

/**
 * Leaves upgrades that aren't for the sandbox to the server. A listener gets all upgrades otherwise, including those that
 * HTTP clients merely offer on ordinary requests (`curl --http2`, Java). Returns what undoes it.
 */
function leaveToServer(server: DecidingServer, path: string): () => void {
  const former = server.shouldUpgradeCallback
  server.shouldUpgradeCallback = (req) => isOurs(req, path) || server.listenerCount('upgrade') > 1
  return () => {
    server.shouldUpgradeCallback = former
  }
}

/**
 * Passes an upgrade on that isn't for the sandbox, where Node doesn't have the callback. If there is no other listener, the
 * request is parsed once more without its offer, so that the server answers it as if there were no listener at all. The answer
 * closes the connection: each time that the server gets one, it adds its listeners anew.
 */
function passOn(server: Server, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  if (server.listenerCount('upgrade') > 1) return
  const lines = [`${req.method} ${req.url} HTTP/${req.httpVersion}`]
  for (let index = 0; index < req.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = req.rawHeaders.slice(index, index + 2)
    if (!/^(?:upgrade|connection)$/i.test(name)) lines.push(`${name}: ${value}`)
  }
  lines.push('Connection: close')
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]))
  server.emit('connection', socket)
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => {}) // the connection may break before the answer is sent
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
