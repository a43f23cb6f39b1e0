import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

// Below the ports that systems give to outgoing connections, one of which could take it before the test does.
const [LOWEST, ABOVE_HIGHEST] = [10_000, 32_768]

/** A port of 127.0.0.1 that nobody listens on. */
export async function aFreePort(): Promise<number> {
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
