import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { Common } from '@code-wallet/rpc'
import type { Bench } from '../fault.ts'

/** What happens to a call between shop and sequencer. */
export type Disturbance = 'none' | 'late' | 'slow refusals'

const LATE_MS = 4_000 // the sequencer has done it, and the shop waits no longer
const SLOW_MS = 2_300 // just within the shop's patience, again and again

/** The line from the shop to a sequencer, which can be disturbed in ways that the sandbox's own faults don't know. */
export async function aLine(bench: Bench, port: number, sequencer: string) {
  let disturbance: Disturbance = 'none'

  async function answer(body: Buffer, url: string, method: string, res: ServerResponse): Promise<void> {
    const met = disturbance
    const forwarded = await fetch(`${sequencer}${url}`, {
      method,
      headers: { 'Content-Type': 'application/octet-stream' },
      ...(method === 'POST' && { body }),
    })
    const answered = Buffer.from(await forwarded.arrayBuffer())
    if (method === 'POST' && met === 'late') await delay(LATE_MS)
    if (method === 'POST' && met === 'slow refusals') {
      await delay(SLOW_MS)
      if (Common.Request.fromBinary(body).method === 'sendMessage') return void res.end(alreadyPaid())
    }
    res.writeHead(forwarded.status).end(answered)
  }

  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    await answer(Buffer.concat(chunks), req.url ?? '', req.method ?? '', res).catch(() => res.destroy())
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  bench.later(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${port}`,
    disturb(next: Disturbance) {
      disturbance = next
    },
  }
}

/** Imitates a refusal because another request's intent is paid: the shop polls it, then tries another intent. */
function alreadyPaid(): Buffer {
  const { ERROR } = Common.Response_Result
  const message = 'client submitted intent'
  return Buffer.from(new Common.Response({ result: ERROR, message }).toBinary())
}
