import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { Agent, type RequestOptions, request } from 'node:https'

export const DOMAIN = 'shop.example.org'
// None of those that TRUST_PROXY names, so that a proxy which appends to a forged header isn't taken for a chain of proxies.
export const VISITOR = '127.0.0.2'

export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  text: string
}

export type Visitor = ReturnType<typeof aVisitor>

/** A client that reaches the shop's domain on a port of this machine, with cookies. Connections are kept, as browsers do. */
export function aVisitor(port: number) {
  const agent = new Agent({
    keepAlive: true,
    rejectUnauthorized: false,
    servername: DOMAIN,
    localAddress: VISITOR,
  })
  const jar = new Map<string, string>()

  /** Sends the beginning of a request. Its caller ends it, and reads the answer. */
  function begin(method: string, path: string, headers: OutgoingHttpHeaders = {}) {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
    const options: RequestOptions = {
      ...{ host: '127.0.0.1', port, agent, method, path },
      headers: { Host: DOMAIN, ...(cookie && { Cookie: cookie }), ...headers },
    }
    const outgoing = request(options)
    const incoming = new Promise<IncomingMessage>((resolve, reject) =>
      outgoing.once('response', resolve).once('error', reject),
    )
    incoming.catch(() => undefined) // it is awaited later
    return { outgoing, incoming }
  }

  async function send(
    method: string,
    path: string,
    { headers, body }: { headers?: OutgoingHttpHeaders | undefined; body?: string | undefined } = {},
  ): Promise<Answer> {
    const { outgoing, incoming } = begin(method, path, headers)
    outgoing.end(body)
    const answer = await incoming.catch((error: NodeJS.ErrnoException) => {
      // A proxy may end a kept connection just when it is used again. Browsers send the request anew, too.
      if (outgoing.reusedSocket && error.code === 'ECONNRESET') return undefined
      throw error
    })
    return answer ? readAnswer(answer) : send(method, path, { headers, body })
  }

  async function readAnswer(incoming: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const { statusCode: status = 0, headers } = incoming
    for (const cookie of headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (name) jar.set(name, value ?? '')
    }
    return { status, headers, text: Buffer.concat(chunks).toString() }
  }

  return {
    begin,
    send,
    readAnswer,
    get: (path: string, headers?: OutgoingHttpHeaders) => send('GET', path, headers && { headers }),
    post: (path: string, body: object = {}) =>
      send('POST', path, { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    cookies: () => [...jar].map((pair) => pair.join('=')).join('; '),
    leave: () => agent.destroy(),
  }
}
