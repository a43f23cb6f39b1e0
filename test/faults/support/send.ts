import { Agent, request } from 'node:http'

const DEADLINE_MS = 20_000

/** Connections that are kept: as many as there are callers at once. */
const agent = new Agent({ keepAlive: true, maxSockets: 1_000 })

export interface Answer {
  status: number
  headers: NodeJS.Dict<string | string[]>
  text: string
  /** How long it took, to the last byte */
  ms: number
}

interface Sent {
  headers?: Record<string, string>
  body?: string
  json?: object
  /** A connection of its own, as from somebody who comes for the first time */
  alone?: boolean
}

/** One request to a port of this machine. Rejects when there is no whole answer. */
export function send(port: number, method: string, path: string, sent: Sent = {}): Promise<Answer> {
  const body = sent.json ? JSON.stringify(sent.json) : sent.body
  const headers = { ...(sent.json && { 'Content-Type': 'application/json' }), ...sent.headers }
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, headers, agent: sent.alone ? false : agent },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (chunk) => {
          text += chunk
        })
        incoming.once('error', reject)
        incoming.once('end', () => {
          if (!incoming.complete) return reject(new Error('the answer broke off'))
          const { statusCode = 0, headers } = incoming
          resolve({ status: statusCode, headers, text, ms: performance.now() - began })
        })
      },
    )
    outgoing.setTimeout(DEADLINE_MS, () => outgoing.destroy(new Error(`no answer in ${DEADLINE_MS} ms`)))
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

/** The value below which this part of the numbers lies. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

export const ms = (number: number) => `${Math.round(number)} ms`
