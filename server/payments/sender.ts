import { Common } from '@code-wallet/rpc'
import { ShopError } from '../errors.ts'

const CALL_DEADLINE_MS = 2_500 // asking about older orders, creating and registering stay below ten seconds
const LARGEST_ANSWER = 64 * 1024 // Code's have about a hundred bytes

/** Code has understood the request and says no; `message` is its reason, in its own words. */
export class SequencerRefusal extends Error {
  override readonly name = 'SequencerRefusal'
}

/**
 * Sends one request envelope and returns the answer's. What the SDK's own sender lacks: a deadline, and a look at
 * the envelope's result (an ERROR with an empty body would decode as OK).
 * Throws SequencerRefusal, ShopError sequencer-silent or sequencer-failed.
 */
export async function sendEnvelope(endpoint: string, payload: Uint8Array): Promise<Common.Response> {
  const envelope = await exchange(`${endpoint}/api/`, payload)
  if (envelope.result !== Common.Response_Result.OK)
    throw new SequencerRefusal(envelope.message || 'no reason given')
  return envelope
}

async function exchange(url: string, body: Uint8Array): Promise<Common.Response> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(CALL_DEADLINE_MS),
    })
    if (!response.ok) throw new Error(`HTTP status ${response.status}`)
    return Common.Response.fromBinary(await readAnswer(response))
  } catch (cause) {
    throw asTrouble(cause as Error)
  }
}

async function readAnswer(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > LARGEST_ANSWER) throw new Error(`an answer of more than ${LARGEST_ANSWER} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** What stands between us and an answer that can be understood. */
export function asTrouble(cause: Error): ShopError {
  if (cause.name === 'TimeoutError') {
    return new ShopError('sequencer-silent', `Code did not answer within ${CALL_DEADLINE_MS} ms; try again`, {
      cause,
    })
  }
  return new ShopError(
    'sequencer-failed',
    'Code could not be reached, or its answer made no sense; try again',
    { cause },
  )
}
