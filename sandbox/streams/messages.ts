import { createHash } from 'node:crypto'
import { PublicKey } from '@code-wallet/keys'
import { Message } from '@code-wallet/rpc'
import type { KeptRequest } from '../state/index.ts'

const MESSAGE_ID_BYTES = 16

type MessageName =
  | 'codeScanned'
  | 'clientRejectedPayment'
  | 'clientRejectedLogin'
  | 'intentSubmitted'
  | 'webhookCalled'

const REPEATABLE: MessageName[] = ['clientRejectedPayment', 'clientRejectedLogin']

/** Something that happened to a request, as a message of its stream. */
export interface StreamMessage {
  /** The same each time that this message is sent */
  id: string
  name: MessageName
  message: Message
}

/**
 * Returns all messages of a request's stream, in the order in which things happened. They are derived from stored facts,
 * each of which occurs once, so their number is bounded and a replay sends the same messages again. Only a rejection can
 * occur again: then it is another message, and the last one is replayed.
 */
export function messagesOf(request: KeptRequest, webhookCalledAt: number | null): StreamMessage[] {
  const rejected: MessageName = request.bill ? 'clientRejectedPayment' : 'clientRejectedLogin'
  const facts: [MessageName, number | null][] = [
    ['codeScanned', request.scannedAt],
    [rejected, request.rejectedAt],
    ['intentSubmitted', request.submittedAt],
    ['webhookCalled', webhookCalledAt],
  ]
  return facts
    .filter((fact): fact is [MessageName, number] => fact[1] !== null)
    .sort(([, one], [, other]) => one - other)
    .map(([name, at]) => toStreamMessage(request.intent, name, at))
}

function toStreamMessage(intent: string, name: MessageName, at: number): StreamMessage {
  const id = REPEATABLE.includes(name) ? `${name} ${at}` : name
  const value = createHash('sha256').update(`${intent} ${id}`).digest().subarray(0, MESSAGE_ID_BYTES)
  return { id, name, message: new Message({ id: { value }, kind: toKind(intent, name, at) }) }
}

type Kind = NonNullable<NonNullable<ConstructorParameters<typeof Message>[0]>['kind']>

function toKind(intent: string, name: MessageName, at: number): Kind {
  if (name === 'clientRejectedPayment' || name === 'intentSubmitted') {
    return { case: name, value: { intentId: { value: PublicKey.fromBase58(intent).toBuffer() } } }
  }
  const timestamp = { seconds: BigInt(Math.floor(at / 1_000)), nanos: (at % 1_000) * 1_000_000 }
  return { case: name, value: { timestamp } }
}
