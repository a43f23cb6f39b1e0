import type { SequencerRefusal } from './sender.ts'

// The sequencer's own words.
const PAID = 'client submitted intent'
const NOT_OURS =
  /mismatches original request$|^original request (is|isn't) verified$|^original request configured /
const ABOUT_AMOUNT = /currency (has a (maximum|minimum) amount|is not currently supported)/

/** What a refusal means: the intent is paid already, or known with other details, or its amount isn't taken. */
export type RefusalReason = 'paid' | 'not-ours' | 'amount' | 'other'

export function reasonOf({ message }: Pick<SequencerRefusal, 'message'>): RefusalReason {
  if (message === PAID) return 'paid'
  if (NOT_OURS.test(message)) return 'not-ours'
  return ABOUT_AMOUNT.test(message) ? 'amount' : 'other'
}
