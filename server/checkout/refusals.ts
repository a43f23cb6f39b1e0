import { ShopError } from '../errors.ts'
import type { SequencerRefusal } from '../payments/index.ts'
import type { Logger } from '../web/index.ts'

// The sequencer's own words.
const PAID = 'client submitted intent'
const NOT_OURS =
  /mismatches original request$|^original request (is|isn't) verified$|^original request configured /
const ABOUT_AMOUNT = /currency (has a (maximum|minimum) amount|is not currently supported)/

/** The intent is paid already, by whatever request. */
export function saysPaid({ message }: SequencerRefusal): boolean {
  return message === PAID
}

/** The sequencer knows the intent with other details: the request there isn't ours. */
export function saysNotOurs({ message }: SequencerRefusal): boolean {
  return NOT_OURS.test(message)
}

/** What the buyer gets to hear; the reason goes to the log, since only the merchant can mend it. */
export function explainRefusal(error: SequencerRefusal, log: Logger): ShopError {
  log.error({ reason: error.message }, 'Code refused the request')
  return ABOUT_AMOUNT.test(error.message)
    ? new ShopError('amount-unpayable', 'Code does not take this price at the moment', { cause: error })
    : new ShopError('intent-refused', 'Code refused the payment request; the shop’s log has the reason', {
        cause: error,
      })
}
