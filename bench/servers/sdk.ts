/**
 * The baseline for /create-intent: the SDK alone, which creates an intent and registers its webhook. `GET
 * /run?count=…&atOnce=…` does that `count` times, `atOnce` at a time, and answers with the rate per second.
 */
import { createServer } from 'node:http'
import { paymentIntents, webhook } from '@code-wallet/client'

const { PORT, ENDPOINT: endpoint = '', DESTINATION: destination = '', WEBHOOK: url = '' } = process.env
const payment = { mode: 'payment', amount: 0.05, currency: 'usd', destination, endpoint } as const

createServer(async (req, res) => {
  const query = new URL(req.url ?? '/', 'http://127.0.0.1').searchParams
  res.end(String(await run(Number(query.get('count')), Number(query.get('atOnce')))))
}).listen(Number(PORT), '127.0.0.1')

async function run(count: number, atOnce: number): Promise<number> {
  const began = performance.now()
  let left = count
  async function work(): Promise<void> {
    while (left-- > 0) await createAndRegister().catch(createAndRegister) // the server may just have closed an idle connection
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return (count / (performance.now() - began)) * 1_000
}

async function createAndRegister(): Promise<void> {
  const { id } = await paymentIntents.create(payment)
  const { success, message } = await webhook.register({ intent: id, url, endpoint })
  if (!success) throw new Error(`The webhook was not registered: ${message}`)
}
