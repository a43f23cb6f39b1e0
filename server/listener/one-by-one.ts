import type { RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'

const MOST_AHEAD = 100 // of one connection
const MOST_AHEAD_OF_ALL = 2_000 // connections together: about 30 MB

type Exchange = Parameters<RequestListener>

/** Requests that connections have sent ahead, each behind the connection's current one. */
interface Pipelines {
  start: RequestListener
  behind: Map<Socket, Exchange[]>
  /** How many those are, of all connections together */
  length: number
  /** Connections that sent too many. They are closed when those that wait are answered. */
  ending: WeakSet<Socket>
}

/**
 * Starts the requests of a connection one by one. The connection isn't read while others wait behind the current one. Node
 * itself would keep reading, and so store any number of requests that a client pipelines. A connection that sends too many
 * ahead is closed after the answers to those that wait. HTTP allows that; the client may send the rest again.
 */
export function startOneByOne(server: Server, start: RequestListener): void {
  const pipelines: Pipelines = { start, behind: new Map(), length: 0, ending: new WeakSet() }
  server.on('connection', (socket: Socket) => watch(pipelines, socket))
  server.on('request', (...exchange) => arrive(pipelines, exchange))
}

function watch(pipelines: Pipelines, socket: Socket): void {
  socket.on('resume', () => pauseIfAhead(pipelines, socket)) // Node resumes it to read a body, even a complete one
  socket.once('close', () => forget(pipelines, socket))
}

function pauseIfAhead({ behind, ending }: Pipelines, socket: Socket): void {
  if (behind.get(socket)?.length || ending.has(socket)) socket.pause()
}

function forget(pipelines: Pipelines, socket: Socket): void {
  pipelines.length -= pipelines.behind.get(socket)?.length ?? 0
  pipelines.behind.delete(socket)
}

function arrive(pipelines: Pipelines, exchange: Exchange): void {
  const { socket } = exchange[0]
  const behind = pipelines.behind.get(socket)
  if (behind) {
    wait(pipelines, behind, exchange)
  } else {
    pipelines.behind.set(socket, [])
    begin(pipelines, exchange)
  }
}

function wait(pipelines: Pipelines, behind: Exchange[], exchange: Exchange): void {
  const { socket } = exchange[0]
  socket.pause()
  if (behind.length === MOST_AHEAD || pipelines.length === MOST_AHEAD_OF_ALL) pipelines.ending.add(socket)
  if (pipelines.ending.has(socket)) return
  behind.push(exchange)
  pipelines.length++
}

function begin(pipelines: Pipelines, [req, res]: Exchange): void {
  res.once('close', () => beginNext(pipelines, req.socket))
  pipelines.start(req, res)
}

function beginNext(pipelines: Pipelines, socket: Socket): void {
  const behind = pipelines.behind.get(socket)
  const next = behind?.shift()
  if (next) {
    pipelines.length--
    if (behind?.length === 0) socket.resume() // the next one's body may not be complete; if the connection ends, it is
    begin(pipelines, next)
  } else if (pipelines.ending.has(socket)) {
    socket.destroySoon()
  } else {
    pipelines.behind.delete(socket)
  }
}
