import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

// Below the ports that systems give to outgoing connections, one of which could take it before its user does.
const [LOWEST, ABOVE_HIGHEST] = [10_000, 32_768]
/** The only one among these that browsers and fetch() refuse to call: https://fetch.spec.whatwg.org/#port-blocking */
const BLOCKED = 10_080

/**
 * Returns a port of 127.0.0.1 that nobody listens on at the moment, and that browsers may call.
 * @param {() => number} [choose] returns a port that may be used or blocked
 */
export async function aFreePort(choose = () => randomInt(LOWEST, ABOVE_HIGHEST)) {
  for (;;) {
    const port = choose()
    if (port === BLOCKED) continue
    const server = createServer()
    try {
      await once(server.listen(port, '127.0.0.1'), 'listening')
    } catch {
      continue // somebody does
    }
    await new Promise((done) => server.close(done))
    return port
  }
}
