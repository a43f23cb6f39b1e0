import { connect, type Socket } from 'node:net'
import { later } from './workplace.ts'

export interface Wire {
  socket: Socket
  send(data: string | Uint8Array): void
  /** Everything that came so far, as Latin-1 */
  heard(): string
  /** The statuses of all answers so far, in their order */
  statuses(): number[]
  /** Resolves once the other side has answered this many times, or has hung up */
  answers(count: number): Promise<number[]>
  /** Resolves once the connection is gone, with the milliseconds since it was opened */
  ended: Promise<number>
}

/** A connection on which a test writes the bytes itself: what an HTTP client would never send. */
export function aWire(port: number): Wire {
  const openedAt = performance.now()
  const socket = connect(port, '127.0.0.1')
  later(() => socket.destroy())
  let heard = ''
  const listeners = new Set<() => void>()
  let isOver = false
  const news = () => {
    for (const listener of listeners) listener()
  }
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1')
    news()
  })
  socket.on('error', () => {}) // cut by the other side: that is what 'close' tells, too
  const ended = new Promise<number>((done) => {
    socket.once('close', () => {
      isOver = true
      done(performance.now() - openedAt)
      news()
    })
  })
  const statuses = () =>
    [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)]
      .map(([, status]) => Number(status))
      .filter((status) => status >= 200)

  function answers(count: number): Promise<number[]> {
    return new Promise((done) => {
      const look = () => {
        if (!isOver && statuses().length < count) return
        listeners.delete(look)
        done(statuses())
      }
      listeners.add(look)
      look()
    })
  }

  return { socket, send: (data) => void socket.write(data), heard: () => heard, statuses, answers, ended }
}
