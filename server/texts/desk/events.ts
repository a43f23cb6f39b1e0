/** The inbox of verified deliveries at the merchant's desk. */
export const events = {
  title: 'Events',
  lead: 'Everything that Code has signed and delivered to this shop, by what the shop made of it.',
  verdicts: 'Verdicts',
  whichOnes: 'Which ones',
  pages: 'Other pages of the list',
  /** What the shop made of an event: a name for lists, and what it means */
  verdict: {
    mismatched: {
      name: 'Mismatched',
      means:
        'About an order of this shop, but with other details than the order’s, or than the money that you honoured it with and then refunded. It paid nothing, and as long as it is here, polling can’t pay that order either.',
      none: 'No event contradicts an order. If one ever claims another amount, currency or address, or other fees, than the order has, it appears here instead of paying anything.',
    },
    orphaned: {
      name: 'Orphaned',
      means: 'Paid to an address of this shop, but for an intent that the shop doesn’t have.',
      none: 'Every payment to your address belongs to an order. One that doesn’t would appear here, for example after an old backup was restored.',
    },
    applied: {
      name: 'Applied',
      means: 'Paid an order.',
      none: 'No webhook has paid an order yet. The first one appears here as soon as a buyer pays.',
    },
    duplicate: {
      name: 'Duplicate',
      means: 'About a payment that the shop knew already. Nothing is paid twice by one intent.',
      none: 'No event has repeated a payment in other words.',
    },
    unmatched: {
      name: 'Not ours',
      means: 'About intents and addresses that aren’t this shop’s. Anyone can point theirs at its webhook.',
      none: 'Nobody else’s events have arrived. Only the newest are kept.',
    },
    login: {
      name: 'Logins',
      means: 'About a login with Code, which this shop doesn’t offer.',
      none: 'No login events have arrived.',
    },
    test: {
      name: 'Tests',
      means: 'Sent by Code to try the webhook out.',
      none: 'No test events have arrived. Code sends one when somebody tries the webhook out.',
    },
  },
  standing: { open: 'To look at', done: 'Dismissed or honoured' },
  noneDone: 'No such event has been dismissed or honoured by hand.',
  atLeast: (count: number, isAll: boolean) => (isAll ? String(count) : `at least ${count}`),
  open: (count: string) => `${count} to look at`,
  rejected: 'Failed verification',
  columns: {
    event: 'Event',
    amount: 'Amount claimed',
    order: 'Order',
    seen: 'Last seen',
    times: 'Times seen',
  },
  noAmount: 'none',
  noOrder: 'none',
  show: (digest: string) => `Event ${digest}`,
  showOrder: (order: string) => `Order ${order}`,
  older: 'Older events',
  newest: 'Newest events',
  searchedBack: 'None of the newest 5,000 events is one of these.',
  searchFurther: 'Search further back',

  one: {
    title: (verdict: string) => `${verdict} event`,
    stands: 'Where it stands',
    facts: 'Facts',
    digest: 'Digest',
    verdict: 'Verdict',
    first: 'First seen',
    last: 'Last seen',
    times: 'Times seen',
    order: 'Order',
    none: 'none',
    user: 'Code user',
    quarks: 'Quarks',
    rate: 'Exchange rate',
    claims: 'What it claims',
    claimsLead: 'Beside what was ordered. What differs keeps an event from paying.',
    claimsAlone: 'The shop has no order to compare it with.',
    claim: 'Claim',
    claimed: 'The event',
    ordered: 'The order',
    differs: 'differs',
    nothing: 'nothing that can be read',
    intent: 'Intent',
    amount: 'Amount',
    destination: 'Paid to',
    fees: 'Fees',
    state: 'State',
    token: 'The token',
    tokenLead: 'As Code signed it. It pays nothing by itself: the shop compares it with the order.',
    header: 'Header',
    payload: 'Payload',
    raw: 'Raw token',
    history: 'What was done with it',
    noHistory: 'Nothing yet.',
    actions: 'What you can do',
    judge: 'Judge again',
    judgeLead:
      'Verifies the token with today’s keys and compares it with the orders of now. That helps after orders have come back with a backup. It never pays what differs.',
    dismiss: 'Dismiss',
    dismissMismatched:
      'Takes it off the list. Buyers who have paid according to Code can then order the product again; polling still can’t pay an order that such an event contradicts.',
    dismissOrphaned: 'Takes it off the list. Nothing else changes.',
    reason: 'Reason',
    honour: 'Honour by hand',
    honourMismatched:
      'If the money has reached you in spite of the difference, make the order paid by your word.',
    honourElsewhere:
      'This event doesn’t say that money came to an address of yours. Honour the order only if you know better.',
    honourOrphaned: 'If the money has reached you, choose what the buyer gets for it.',
  },

  /** Where one event stands, and what there is to do about it */
  standings: {
    applied: 'It paid the order. There is nothing to do.',
    duplicate: 'The payment was known already, so nothing changed. There is nothing to do.',
    confirmsPolled:
      'Polling had found this payment before, and the event is its proof now. There is nothing to do.',
    confirmsHonoured:
      'You had honoured the order by hand before. The event is the proof of the payment now, and its amount counts in place of the one that you entered. There is nothing to do.',
    mismatched:
      'Code signed it, and it is about an order of yours, but it says something else than was ordered. It paid nothing. If the money has reached you, honour the order by hand; otherwise dismiss the event.',
    paidOtherwise:
      'Code signed it, and it is about an order of yours, but it says something else than was ordered. The order is paid all the same, by other proof, so you can dismiss this event.',
    refundedOtherwise:
      'Code signed it, and it pays what was ordered. You had already honoured the order by hand with another amount or currency, and refunded a part of that, so the payment stays as you entered it. If this money has reached you as well, send it back or keep it; then dismiss this event.',
    orphaned:
      'Code signed it, and it pays an address of yours, but the shop has no such order. If orders have come back with a backup since, judge it again. If the money has reached you, honour it by hand; otherwise dismiss it.',
    hasPaidOrder:
      'It pays an address of yours. The shop didn’t have its order then, but has it now, and it is paid. There is nothing to do.',
    hasOrder:
      'Code signed it, and it pays an address of yours. The shop didn’t have its order then, but has it now. Judge it again: if it says what was ordered, it pays the order.',
    unreadable:
      'Code signed it, and it pays an address of yours, but the shop has no such order, and can’t make one: the event says no amount in a currency that the shop knows. If orders have come back with a backup since, judge it again. If the money has reached you, send it back from your wallet; then dismiss the event.',
    unmatched: 'It is about somebody else’s payment. There is nothing to do.',
    login: 'It is about a login, which pays nothing. There is nothing to do.',
    test: 'It only tried the webhook out. There is nothing to do.',
    dismissed: (reason: string) =>
      `You dismissed it: “${reason}”. Nothing else changed, and there is nothing to do.`,
    honoured: 'You honoured an order by hand because of it. There is nothing to do.',
  },

  /** What came of an action, on the event's page */
  done: {
    changed: 'Judged again: the verdict has changed.',
    unchanged: 'Judged again: nothing has changed.',
    untrusted: 'None of today’s keys has signed this token, so nothing has changed.',
    dismissed: 'Dismissed. Nothing else has changed.',
  },

  /** Deliveries that failed verification */
  rejections: {
    title: 'Failed verification',
    lead: 'Deliveries to the webhook that the shop rejected in the last 30 days, by hour and reason. What was in them is not stored.',
    none: 'Nothing was rejected in the last 30 days. Anyone can send anything to the webhook; whatever Code hasn’t signed is only counted here.',
    hour: 'Hour',
    reason: 'Reason',
    count: 'Deliveries',
    back: 'Events',
    isCutShort: 'Older hours aren’t shown.',
  },

  /** What was done with an event, by the name of the action */
  actions: {
    'event-dismissed': (reason: string) => `Dismissed: “${reason}”`,
    'event-judged-again': (before: string, after: string) => `Judged again: ${before}, now ${after}`,
    honoured: (reason: string) => `Honoured by hand: “${reason}”`,
    'event-not-verified': 'Judged again: no key of that day had signed it',
  },
}
