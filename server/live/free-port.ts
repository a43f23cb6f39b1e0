import { type AddressInfo, createServer } from 'node:net'
import { LiveError } from './live-error.ts'

interface Place {
  host: string
  port: number
}

/** Returns a port of this machine on which nobody listens at the moment. */
export function aFreePort(): Promise<number> {
  return listenBriefly({ host: '127.0.0.1', port: 0 })
}

/**
 * Throws a LiveError if another program listens where the shop would. It may be this shop, which is running already and would follow
 * what is written next.
 */
export async function assertIsFree({ host, port }: Place): Promise<void> {
  try {
    await listenBriefly({ host, port })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') return // the shop itself says what is wrong
    throw new LiveError(
      `Port ${port} is in use by another program, perhaps by this shop, which is running already. Stop that, or set PORT to another port. Nothing was changed.`,
      { cause },
    )
  }
}

async function listenBriefly(place: Place): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(place, resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
