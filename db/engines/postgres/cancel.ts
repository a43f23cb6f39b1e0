import { connect } from 'node:net'
import type { Client } from 'pg'

const CANCEL_REQUEST = 80877102
const LENGTH = 16
const DEADLINE_MS = 1_000

/** What pg keeps of a session without declaring it. */
interface BackendKey {
  processID: number | null
  secretKey: number | null
}

/**
 * Cancels what a server is doing for a client that has given up. Otherwise each write that waits for a standby would keep
 * a process of the server until there are no more. Resolves when the server has taken the request, or doesn't answer.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
export function cancelQuery(client: Pick<Client, 'host' | 'port'> & Partial<BackendKey>): Promise<void> {
  const { host, port, processID, secretKey } = client
  if (typeof processID !== 'number' || typeof secretKey !== 'number') return Promise.resolve() // it never got as far as a session
  const request = Buffer.alloc(LENGTH)
  request.writeInt32BE(LENGTH, 0)
  request.writeInt32BE(CANCEL_REQUEST, 4)
  request.writeInt32BE(processID, 8)
  request.writeInt32BE(secretKey, 12)
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    socket.setTimeout(DEADLINE_MS, () => socket.destroy())
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
    socket.resume().end(request)
  })
}
