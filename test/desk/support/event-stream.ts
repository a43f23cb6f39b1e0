import { get, type IncomingMessage } from 'node:http'
import { later } from '../../support/workplace.ts'

export interface ServerSentEvent {
  event: string
  data: string
}

/** A stream of server-sent events, as a browser with these cookies has it. */
export async function openEventStream(url: string, cookie: string) {
  const request = get(url, { headers: { Cookie: cookie, Accept: 'text/event-stream' } })
  later(() => request.destroy())
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    request.once('response', resolve).once('error', reject),
  )
  const events = readEvents(response.setEncoding('utf8'))
  return {
    status: response.statusCode,
    headers: response.headers,
    /** The next event of this name; undefined if the stream ends before one comes */
    async next(name: string): Promise<ServerSentEvent | undefined> {
      for (;;) {
        const { value, done } = await events.next()
        if (done) return undefined
        if (value.event === name) return value
      }
    },
    close: () => request.destroy(),
  }
}

async function* readEvents(response: IncomingMessage): AsyncGenerator<ServerSentEvent, undefined> {
  let text = ''
  for await (const chunk of response) {
    const blocks = (text + chunk).split('\n\n')
    text = blocks.pop() ?? ''
    yield* blocks.map(parseEvent)
  }
}

function parseEvent(block: string): ServerSentEvent {
  const fields = block.split('\n').map((line) => /^(\w+):\s?(.*)$/.exec(line)?.slice(1) ?? [])
  const textOf = (name: string) => fields.find(([field]) => field === name)?.[1] ?? ''
  return { event: textOf('event'), data: textOf('data') }
}
