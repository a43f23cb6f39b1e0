import type { SendMessageRequest } from '@code-wallet/rpc'

/**
 * Returns the two amounts, in hundredths, of a request in which Code's Go SDK would have truncated one: it computes the id from
 * `100.0 * amount` without rounding, and 100 * 0.29 is 28.999999999999996 in IEEE 754. Returns undefined for an amount that
 * isn't changed by that. The id alone doesn't show it, since the sequencer never sees the nonce inside it.
 */
export function findCut({ message }: SendMessageRequest): { inId: number; inMessage: number } | undefined {
  const bill = message?.kind.case === 'requestToReceiveBill' ? message.kind.value : undefined
  const amount = bill?.exchangeData.value?.nativeAmount
  if (amount === undefined) return undefined
  const [inId, inMessage] = [Math.trunc(100 * amount), Math.round(100 * amount)]
  return inId === inMessage ? undefined : { inId, inMessage }
}
