import type { IncomingMessage, ServerResponse } from 'node:http'
import { Common } from '@code-wallet/rpc'
import type { Fault, TestShop } from './shop.ts'

/** The method of the Code API that a request calls, and the rest of it, ready to be passed on. */
async function readCall(req: IncomingMessage): Promise<{ method: string; body: Buffer }> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  return { method: Common.Request.fromBinary(body).method, body }
}

export type Act = (call: { res: ServerResponse; forward(): Promise<Buffer> }) => unknown

/** Applies a fault to calls of one method only; the others go through. */
export function onCall(method: string, act: Act, sequencerUrl: string): Fault {
  return onCalls({ [method]: act }, sequencerUrl)
}

/** Applies a fault to the calls of each of these methods; the others go through. */
export function onCalls(acts: Record<string, Act>, sequencerUrl: string): Fault {
  return async (req, res) => {
    const call = await readCall(req)
    const forward = async () => {
      const answer = await fetch(`${sequencerUrl}${req.url}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/octet-stream', 'X-Without-Fault': '1' },
        body: call.body,
      })
      return Buffer.from(await answer.arrayBuffer())
    }
    const act = acts[call.method]
    if (act) await act({ res, forward })
    else res.end(await forward())
  }
}

export const answer500 = ({ res }: { res: ServerResponse }) => res.writeHead(500).end()
export const answerBrokenBytes = ({ res }: { res: ServerResponse }) =>
  res.end(Buffer.from([0xff, 0xff, 0xff, 0x01]))
export const hangUp = ({ res }: { res: ServerResponse }) => res.destroy()
/** Does what was asked for, and loses the answer */
export const loseAnswer = async ({ res, forward }: { res: ServerResponse; forward(): Promise<Buffer> }) => {
  await forward()
  res.destroy()
}
/** Never answers */
export const staySilent = () => undefined

/** An envelope that says no, with an empty body, as the sequencer sends it */
export const refuse =
  (message: string) =>
  ({ res }: { res: ServerResponse }) =>
    res.end(Buffer.from(new Common.Response({ result: Common.Response_Result.ERROR, message }).toBinary()))

/** Counts how often the shop polls Code from now on. */
export function countPolls(shop: TestShop): () => number {
  let polls = 0
  const counting = onCall(
    'getStatus',
    async ({ res, forward }) => {
      polls++
      res.end(await forward())
    },
    shop.sequencerUrl,
  )
  shop.disturb(counting)
  return () => polls
}
