import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { later } from '../../support/workplace.ts'

/**
 * A TCP proxy, as a network that can fail, before the server of a database's URL.
 * It lets all through, loses the answers, or cuts what is connected.
 */
export async function aProxy(url: string) {
  const { port, hostname } = new URL(url)
  const open = new Set<Socket>()
  let losesAnswers = false
  let hear: ((request: Buffer) => void) | undefined

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (request) => {
      hear?.(request)
      upstream.write(request)
    })
    upstream.on('data', (answer) => {
      if (!losesAnswers) client.write(answer)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  later(() => {
    cut()
    server.close()
  })
  const through = new URL(url)
  through.port = String((server.address() as AddressInfo).port)

  return {
    url: through.href,
    cut,
    /** Refuses connections beyond this many at the same time. */
    allowConnections(count: number) {
      server.maxConnections = count
    },
    /** From now on the server hears everything, and nobody hears the server. */
    loseAnswers(loses = true) {
      losesAnswers = loses
    },
    /** Called with each request on its way. */
    listenIn(listener: (request: Buffer) => void) {
      hear = listener
    },
  }
}
