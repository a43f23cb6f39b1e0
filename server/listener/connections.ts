import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'
import { SECOND_MS } from '../time.ts'
import type { Messages } from '../web/index.ts'
import { startOneByOne } from './one-by-one.ts'
import { takeTurns } from './turns.ts'

/** What one client can hold, and for how long. */
export interface ConnectionLimits {
  /** For a request to send all of its headers, in milliseconds; then 408 */
  headersMs: number
  /** For a request to arrive completely; then 408 */
  requestMs: number
  /**
   * For a connection on which nothing moves in either direction, because its client doesn't send, or doesn't read the
   * answer. Node closes it at the second timeout in a row if an answer isn't read, so that takes up to twice as long.
   */
  silenceMs: number
  /** Between an answer and the next request */
  idleMs: number
  /** How often the first two are checked, so they may take that much longer */
  checkMs: number
  /** Connections open at the same time */
  maxConnections: number
}

// Worst cases: a client that never reads is dropped after 40 s (2 × silenceMs), one that trickles its body after 35 s
// (requestMs + checkMs).
const LIMITS: ConnectionLimits = {
  headersMs: 15 * SECOND_MS,
  requestMs: 30 * SECOND_MS,
  silenceMs: 20 * SECOND_MS,
  idleMs: 10 * SECOND_MS,
  checkMs: 5 * SECOND_MS,
  maxConnections: 2_000,
}
const MAX_HEADER_BYTES = 16 * 1024

/**
 * Creates an HTTP server whose clients keep a connection only while they use it. When all connections are taken, a new
 * one replaces the one that has waited longest, either for the rest of its request or for its client to read an answer.
 * So a client that holds many connections open doesn't lock others out. A request that the shop is working on keeps its
 * connection: whatever lets a stranger's request wait must limit how many wait at once.
 */
export function createBoundedServer(
  handler: RequestListener,
  messages: Messages = {},
  changes: Partial<ConnectionLimits> = {},
): Server {
  const limits = { ...LIMITS, ...changes }
  const server = createServer({
    ...messages,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: limits.checkMs,
    insecureHTTPParser: false, // NODE_OPTIONS could set it
    requireHostHeader: true,
  })
  server.timeout = limits.silenceMs
  server.maxHeadersCount = 0 // their size is limited; a count would silently drop the rest, possibly an Origin
  server.maxRequestsPerSocket = 0 // a proxy sends many clients' requests over few connections, and would get a 503
  limitConnections(server, limits.maxConnections)
  startOneByOne(server, takeTurns(server, handler))
  return server
}

/** Open connections with their current request; the one that has waited longest comes first. */
type Connections = Map<Socket, IncomingMessage | undefined>

function limitConnections(server: Server, max: number): void {
  const connections: Connections = new Map()
  server.on('connection', (socket: Socket) => admit(connections, socket, max))
  server.on('request', (req, res) => trackRequest(connections, req, res))
}

function admit(connections: Connections, socket: Socket, max: number): void {
  const hasRoom = connections.size < max || dropLongestWait(connections)
  if (hasRoom) connections.set(socket, undefined)
  else socket.destroy()
  socket.once('close', () => connections.delete(socket))
}

function dropLongestWait(connections: Connections): boolean {
  const socket = findLongestWait(connections)
  socket?.destroy()
  return socket !== undefined && connections.delete(socket)
}

function findLongestWait(connections: Connections): Socket | undefined {
  for (const [socket, request] of connections) if (!request?.complete) return socket
  for (const [socket] of connections) if (socket.writableLength > 0) return socket // its client doesn't read
  return undefined
}

function trackRequest(connections: Connections, req: IncomingMessage, res: ServerResponse): void {
  connections.set(req.socket, req)
  res.once('close', () => trackIdle(connections, req))
}

/** Moves the connection to the end: its wait for the next request begins now. */
function trackIdle(connections: Connections, answered: IncomingMessage): void {
  const { socket } = answered
  if (connections.get(socket) !== answered) return // the next request is already here, or the connection is closed
  connections.delete(socket)
  connections.set(socket, undefined)
}
