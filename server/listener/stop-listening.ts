import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { SECOND_MS } from '../time.ts'

const GRACE_MS = 250 // lets requests already in socket buffers be read; closing immediately would reset those connections
const FIRST_REQUEST_MS = 250 // for a connection that was accepted last
const SWEEP_MS = 50
const DEADLINE_MS = 8 * SECOND_MS

/** Shuts a server down: finishes requests in progress, accepts no more, and drops connections that miss the deadline. */
export async function stopListening(server: Server): Promise<void> {
  server.prependListener('request', (_req, res) => refuseKeepAlive(res))
  if (await hasConnections(server)) {
    await delay(GRACE_MS)
    await acceptAll() // the process may have been busy for all of that time
  }
  // On Node 26, an HTTP server's own close() drops connections on which no request has arrived yet:
  // findings/node-26-close-before-a-request.sh.
  const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve))
  await Promise.race([closed, delay(FIRST_REQUEST_MS)])
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  const deadline = setTimeout(() => server.closeAllConnections(), DEADLINE_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}

async function hasConnections(server: Server): Promise<boolean> {
  await acceptAll()
  return (await promisify(server.getConnections).call(server)) > 0
}

/** Resolves when the waiting connections have been accepted: that is what each turn of the event loop begins with. */
async function acceptAll(): Promise<void> {
  await nextTurn()
  await nextTurn()
}

/** Clients on kept-alive connections would otherwise keep sending requests. */
function refuseKeepAlive(res: ServerResponse): void {
  res.setHeader('Connection', 'close')
}
