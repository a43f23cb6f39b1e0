import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { App } from '../web/index.ts'
import { createBoundedServer } from './connections.ts'

const LAST_PORT = 65_535
const PASSED_SOCKET = 3 // the first file descriptor that a supervisor passes: sd_listen_fds(3)

/** Where a server listens: at an address, or on a socket that a supervisor has opened there. */
export interface Place {
  host: string
  port: number
  /** How many sockets were passed to this process */
  passedSockets: number
}

/** The server can't listen. The message says why and what to do. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen'
}

/** Throws CannotListen, also if a passed socket isn't at the configured address, from which URLs and rules are derived. */
export async function listen({ handler, messages }: App, place: Place): Promise<Server> {
  if (place.passedSockets > 1)
    throw new CannotListen(
      `The shop was passed ${place.passedSockets} sockets and needs one. Keep a single ListenStream line in its socket unit.`,
    )
  const server = createBoundedServer(handler, messages)
  await start(server, place)
  const problem = place.passedSockets === 1 ? findMismatch(server.address(), place) : undefined
  if (problem === undefined) return server
  server.close()
  throw new CannotListen(problem)
}

function start(server: Server, place: Place): Promise<void> {
  const { host, port, passedSockets } = place
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, place)))
    server.listen(passedSockets === 1 ? { fd: PASSED_SOCKET } : { host, port }, resolve)
  })
}

function explain(error: NodeJS.ErrnoException, { host, port, passedSockets }: Place): CannotListen {
  const cause = error
  if (passedSockets === 1)
    return new CannotListen(
      `LISTEN_FDS says that the shop was passed a socket, but it cannot listen on it: ${error.message}. Unset LISTEN_FDS, or pass a socket as deploy/systemd/nickel.socket does.`,
      { cause },
    )
  const otherPort = port < LAST_PORT ? port + 1 : port - 1
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use by another program. Stop that program, or choose another port: PORT=${otherPort} npm start`,
    EACCES: `This user is not allowed to listen on port ${port}. Choose a port from 1024 up: PORT=3030 npm start`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to an address that it has, like 127.0.0.1.`,
  }
  const reason = reasons[error.code ?? ''] ?? `Cannot listen on ${host}:${port}: ${error.message}`
  return new CannotListen(reason, { cause })
}

function findMismatch(found: AddressInfo | string | null, { host, port }: Place): string | undefined {
  if (found === null || typeof found === 'string')
    return 'The socket that was passed to the shop is not a TCP socket. Set ListenStream in its socket unit to an address and a port, like 127.0.0.1:3030.'
  const hosts = host === 'localhost' ? ['127.0.0.1', '::1'] : [host]
  if (found.port === port && hosts.includes(found.address)) return undefined
  return `The socket that was passed to the shop listens on ${found.address}, port ${found.port}, but HOST is ${host} and PORT is ${port}. Change these settings or the socket unit, so that they agree.`
}
