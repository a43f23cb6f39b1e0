import type { IncomingMessage, ServerResponse } from 'node:http'
import { jest } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import { openReceiver, type Receiver } from '../../server/alerts/receiver.ts'
import type { Config } from '../../server/config/index.ts'
import { listen } from './workplace.ts'

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='

/** A message as the merchant's program receives it. */
export interface Received {
  id: string
  /** When it was signed, in milliseconds since 1970 */
  sentAt: number
  type: string
  timestamp: string
  data: Record<string, unknown>
  body: string
}

type Answer = (res: ServerResponse, req: IncomingMessage) => void

const accept: Answer = (res) => res.writeHead(204).end()

/** The merchant's program: verifies each alert with the package of the Standard Webhooks, and answers as it is told. */
export async function aReceiver() {
  const received: Received[] = []
  let answer = accept
  const server = await listen(async (req, res) => {
    const body = await readText(req)
    received.push(verify(body, req.headers as Record<string, string>))
    answer(res, req)
  })
  const url = `${server.url}/alerts?token=hunter2`
  const alerts: NonNullable<Config['alerts']> = { url, secret: SECRET, allowPrivate: true }
  return {
    ...server,
    received,
    types: () => received.map(({ type }) => type),
    alerts,
    /** What the shop's configuration says about it */
    env: { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: SECRET, ALERT_ALLOW_PRIVATE: '1' },
    open: (changes: Partial<typeof alerts> = {}): Receiver => openReceiver({ ...alerts, ...changes }),
    answerWith(next: Answer = accept) {
      answer = next
    },
  }
}

/** Throws unless the package's own verifier accepts the message at the time when it was sent: the shop's clock stands still. */
function verify(body: string, headers: Record<string, string>): Received {
  const sentAt = Number(headers['webhook-timestamp']) * 1_000
  const now = jest.spyOn(Date, 'now').mockReturnValue(sentAt)
  try {
    const message = new Webhook(SECRET).verify(body, headers) as Pick<Received, 'type' | 'timestamp' | 'data'>
    return { id: headers['webhook-id'] ?? '', sentAt, body, ...message }
  } finally {
    now.mockRestore()
  }
}

async function readText(req: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of req) text += chunk
  return text
}
