import type { RequestListener, Server } from 'node:http'

const TURN_MS = 2

/** Requests that haven't been started, at most one of each connection: so connections take turns, not requests. */
interface Queue {
  handler: RequestListener
  waiting: Parameters<RequestListener>[]
  hasTurn: boolean
  hasNewConnection: boolean
}

/**
 * Starts as many requests as fit into a short time, then lets the event loop turn. Node accepts one connection per turn:
 * if hundreds of busy connections made each turn long, a new one would wait for many seconds, and Code gives up after
 * three. While connections arrive, a turn starts one request only.
 */
export function takeTurns(server: Server, handler: RequestListener): RequestListener {
  const queue: Queue = { handler, waiting: [], hasTurn: false, hasNewConnection: false }
  server.on('connection', () => noteConnection(queue))
  return (...request) => enqueue(queue, request)
}

function noteConnection(queue: Queue): void {
  queue.hasNewConnection = true
}

function enqueue(queue: Queue, request: Parameters<RequestListener>): void {
  queue.waiting.push(request)
  if (queue.hasTurn) return
  queue.hasTurn = true
  setImmediate(takeTurn, queue)
}

function takeTurn(queue: Queue): void {
  const endsAt = queue.hasNewConnection ? 0 : performance.now() + TURN_MS
  queue.hasNewConnection = false
  let started = 0
  do queue.handler(...(queue.waiting[started++] as Parameters<RequestListener>))
  while (started < queue.waiting.length && performance.now() < endsAt)
  queue.waiting = queue.waiting.slice(started)
  queue.hasTurn = queue.waiting.length > 0
  if (queue.hasTurn) setImmediate(takeTurn, queue)
}
