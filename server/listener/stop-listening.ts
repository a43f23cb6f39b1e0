import type { Server, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { SECOND_MS } from '../time.ts'

const GRACE_MS = 250 // lets requests already in socket buffers be read; closing immediately would reset those connections
const SWEEP_MS = 50
const DEADLINE_MS = 8 * SECOND_MS

/** Shuts a server down: finishes requests in progress, accepts no more, and drops connections that miss the deadline. */
export async function stopListening(server: Server): Promise<void> {
  server.prependListener('request', (_req, res) => refuseKeepAlive(res))
  await delay(GRACE_MS)
  const closed = new Promise((resolve) => server.close(resolve))
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  const deadline = setTimeout(() => server.closeAllConnections(), DEADLINE_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}

/** Clients on kept-alive connections would otherwise keep sending requests. */
function refuseKeepAlive(res: ServerResponse): void {
  res.setHeader('Connection', 'close')
}
