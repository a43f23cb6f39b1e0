import type { RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'

const MOST_BEHIND = 5_000 // of all connections together; a chunk of 64 kB may contain 2,400, which take 10 MB

type Exchange = Parameters<RequestListener>

/** Requests that a connection has sent ahead, behind the current one. */
interface Pipelines {
  start: RequestListener
  behind: Map<Socket, Exchange[]>
  /** How many those are, of all connections together */
  length: number
}

/**
 * Starts the requests of a connection one by one. The connection isn't read while others wait behind the current one. Node
 * itself would keep reading, and so store any number of requests that a client pipelines.
 */
export function startOneByOne(server: Server, start: RequestListener): void {
  const pipelines: Pipelines = { start, behind: new Map(), length: 0 }
  server.on('connection', (socket: Socket) => watch(pipelines, socket))
  server.on('request', (...exchange) => arrive(pipelines, exchange))
}

function watch(pipelines: Pipelines, socket: Socket): void {
  socket.on('resume', () => pauseIfAhead(pipelines, socket)) // Node resumes it to read a body, even a complete one
  socket.once('close', () => forget(pipelines, socket))
}

function pauseIfAhead({ behind }: Pipelines, socket: Socket): void {
  if (behind.get(socket)?.length) socket.pause()
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
  if (pipelines.length === MOST_BEHIND) {
    socket.destroy()
  } else {
    behind.push(exchange)
    pipelines.length++
    socket.pause()
  }
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
    if (behind?.length === 0) socket.resume() // the next one's body may not be complete
    begin(pipelines, next)
  } else {
    pipelines.behind.delete(socket)
  }
}
