import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

// Below the ports that systems give to outgoing connections, one of which could take it before its user does.
const [LOWEST, ABOVE_HIGHEST] = [10_000, 32_768]

/** Returns a port of 127.0.0.1 that nobody listens on at the moment. */
export async function aFreePort() {
  for (;;) {
    const port = randomInt(LOWEST, ABOVE_HIGHEST)
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
