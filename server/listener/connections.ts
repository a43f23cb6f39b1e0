import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'
import { SECOND_MS } from '../time.ts'

/** What one client can hold, and for how long. */
export interface ConnectionLimits {
  /** Until all headers of a request are there, in milliseconds; then 408 */
  headersMs: number
  /** Until all of a request is there; then 408 */
  requestMs: number
  /**
   * While nothing moves on a connection in either direction: its client doesn't send, or doesn't read the answer. Node
   * notices twice before it believes that an answer isn't read, so that takes up to twice as long.
   */
  silenceMs: number
  /** Between an answer and the next request */
  idleMs: number
  /** How often the first two are looked at; so they may take that much longer */
  checkMs: number
  /** Connections at one time */
  most: number
}

// The slowest to be cut is who never reads, 2 * silenceMs, so 40 s; then a body that drips, requestMs + checkMs, so 35 s.
const LIMITS: ConnectionLimits = {
  headersMs: 15 * SECOND_MS,
  requestMs: 30 * SECOND_MS,
  silenceMs: 20 * SECOND_MS,
  idleMs: 10 * SECOND_MS,
  checkMs: 5 * SECOND_MS,
  most: 2_000,
}
const LARGEST_HEADERS = 16 * 1024
const TURN_MS = 2

/**
 * An HTTP server whose clients hold a connection only while they use it. When all are taken, a newcomer gets the place
 * of the one that has been waiting for the longest time: for a request that doesn't come to its end, or for an answer to
 * be read. So whoever holds many open keeps nobody out.
 */
export function createBoundedServer(
  handler: RequestListener,
  changes: Partial<ConnectionLimits> = {},
): Server {
  const limits = { ...LIMITS, ...changes }
  const server = createServer({
    maxHeaderSize: LARGEST_HEADERS,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: limits.checkMs,
    insecureHTTPParser: false, // whatever NODE_OPTIONS says
    requireHostHeader: true,
  })
  server.timeout = limits.silenceMs
  server.maxHeadersCount = 0 // their size is the limit: a count would drop the rest without a word, an Origin too
  server.maxRequestsPerSocket = 0 // a proxy sends everybody's requests through few connections, and would meet a 503
  makeRoom(server, limits.most)
  takeTurns(server, handler)
  return server
}

/**
 * Begins with as many requests as a short while allows, then lets the event loop turn. Node accepts one connection a
 * turn: where hundreds of busy ones make the turns long, a new one would wait for many seconds, and Code waits for three.
 * While connections come, a turn begins with one request only.
 */
function takeTurns(server: Server, handler: RequestListener): void {
  let waiting: [IncomingMessage, ServerResponse][] = []
  let isDue = false
  let hasNewcomer = false

  function turn(): void {
    const endsAt = hasNewcomer ? 0 : performance.now() + TURN_MS
    hasNewcomer = false
    let begun = 0
    do handler(...(waiting[begun++] as (typeof waiting)[number]))
    while (begun < waiting.length && performance.now() < endsAt)
    waiting = waiting.slice(begun)
    isDue = waiting.length > 0
    if (isDue) setImmediate(turn)
  }

  server.on('connection', () => {
    hasNewcomer = true
  })
  server.on('request', (req, res) => {
    waiting.push([req, res])
    if (isDue) return
    isDue = true
    setImmediate(turn)
  })
}

function makeRoom(server: Server, most: number): void {
  const connections = new Map<Socket, IncomingMessage | undefined>() // with their requests; the longest wait first

  server.on('connection', (socket: Socket) => {
    const hasRoom = connections.size < most || cutOneThatWaits(connections)
    if (!hasRoom) socket.destroy()
    else connections.set(socket, undefined)
    socket.once('close', () => connections.delete(socket))
  })
  server.on('request', (req, res) => {
    connections.set(req.socket, req)
    res.once('close', () => {
      if (connections.get(req.socket) !== req) return // the next one is here already, or the connection is gone
      connections.delete(req.socket)
      connections.set(req.socket, undefined) // its wait for the next request begins now
    })
  })
}

function cutOneThatWaits(connections: Map<Socket, IncomingMessage | undefined>): boolean {
  const waiting = findWaiting(connections)
  waiting?.destroy()
  return waiting !== undefined && connections.delete(waiting)
}

function findWaiting(connections: Map<Socket, IncomingMessage | undefined>): Socket | undefined {
  for (const [socket, request] of connections) if (!request?.complete) return socket
  for (const [socket] of connections) if (socket.writableLength > 0) return socket // its client doesn't read
  return undefined
}
