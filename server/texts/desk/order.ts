/** The first and the last day of a right that ends. */
interface Days {
  first: string
  last: string
}

const DAY = 24 * 60 // minutes

/** 400 → `400 ms`, 83_000 → `1 min 23 s`. Rounded before it is divided, so that there are never 60 s or 60 min. */
function duration(ms: number): string {
  const tenths = Math.round(ms / 100)
  const seconds = Math.round(ms / 1_000)
  const minutes = Math.round(ms / 60_000)
  if (ms < 1_000) return `${ms} ms`
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  if (minutes < 2 * DAY) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  return `${Math.floor(minutes / DAY)} days`
}

function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`
}

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}

/** The page of one order at the merchant's desk. */
export const order = {
  duration,
  title: (title: string) => `Order: ${title}`,
  /** The title of a form's page: what it does, and to an order of what */
  formTitle: (form: string, product: string) => `${form}: ${product}`,
  breadcrumb: 'Orders',
  where: 'Where it stands',
  testMoney: ' (test money)',

  /** Where an order stands, and what there is to do about it */
  standing: {
    unsent:
      'The order is stored, but its payment request hasn’t reached Code. The buyer hasn’t been charged. If they try again, the shop sends the same request again.',
    rejected: (reason: string) =>
      `Code rejected the payment request: “${reason}”. The buyer hasn’t been charged.`,
    rejectedAgain: (reason: string) =>
      `Code accepted the payment request at first, and rejected it when the buyer tried again: “${reason}”. Nothing has been paid yet, and the first request can still be paid.`,
    rejectedTodo:
      'If the reason is the amount, change the price in the product’s file. Otherwise see the log.',
    offered: (ago: string) => `Offered ${ago} ago, and not paid yet.`,
    offeredTodo:
      'Nothing to do. The shop learns of the payment by itself; to find out at once, ask Code now.',
    unconfirmed:
      'Not paid yet. Code hasn’t confirmed that the request it has is the shop’s own, so only a webhook can pay this order.',
    onlySubmitted:
      'Code says that this was paid. But it never confirmed the shop’s own request, so the amount and the address that were paid are unknown, and the shop gives nothing for it.',
    contradicted:
      'Code says that this was paid. But it also reported a payment with other details than the order’s, in an event that you dismissed, so the shop gives nothing for it.',
    unproven:
      'Code rejected the request when the buyer tried again, because it had been paid. But neither its status nor a webhook shows that payment yet, so the shop gives nothing for it.',
    unprovenTodo:
      'Ask Code now. If the money has reached you, honour the order by hand. Until the payment is proven or you decide, the shop offers the buyer no other payment request, and tells them to contact you. If your wallet shows that nothing has come, say so below, and the buyer can order again.',
    denied:
      'Code says that this was paid, and you said that no money came. So the shop gives nothing for it, and the buyer can order again.',
    deniedTodo:
      'Nothing to do. If a webhook or a status proves the payment after all, the order counts as paid, even if the buyer has paid again by then.',
    onlySubmittedTodo:
      'Wait for a webhook that says what was paid, and to which address. If the money has reached you, you can honour the order by hand.',
    expired: 'Nobody paid. The shop doesn’t poll Code for this order any more.',
    expiredTodo: 'Nothing to do. If the buyer pays after all, the webhook still makes the order paid.',
    mismatched:
      'Code reported a payment, but with other details than the order’s. The shop gives nothing for it.',
    mismatchedTodo:
      'Compare the details. If the money has reached you, honour the order by hand; otherwise dismiss the event.',
    mismatchedBesides: {
      text: 'But Code also reported a payment with other details than the order’s.',
      todo: 'Compare the details, and decide what to do if that money has reached you, too; then dismiss the event.',
    },
    asOrderedBesides: {
      text: 'But Code also reported the payment as it was ordered, after you had honoured the order with other money and refunded that.',
      todo: 'Compare your wallet with the payment, which stays as you entered it. If that is wrong, correct it in your books; then dismiss the event.',
    },
    paid: (how: string, after: string) => `Paid ${how}, ${after} after it was ordered.`,
    paidTodo: 'Nothing to do.',
    byWebhook: 'by webhook',
    byStatus: 'by polling, before a webhook arrived',
    free: 'Free of charge, so there is nothing to pay or refund.',
    freeTodo: 'Nothing to do. To end access, revoke it.',
    byHand: 'Honoured by hand: you vouched that the money came.',
    confirmedByHand: 'Paid: you honoured it by hand, and a webhook has confirmed the payment since.',
    byHandTodo: 'Nothing to do. If Code reports this payment later, its amount replaces the one you entered.',
    partlyRefunded: (refunded: string, left: string) =>
      `${refunded} went back to the buyer, and ${left} is left.`,
    partlyRefundedTodo: 'Nothing to do. The buyer keeps their access.',
    refunded: (refunded: string) => `Everything that came, ${refunded}, went back to the buyer.`,
    access: {
      open: 'The buyer still has access. To end it, revoke it.',
      waiting: 'The buyer’s access hasn’t begun yet. To end it before it begins, revoke it.',
      ended: 'Nobody has access any more. Nothing to do.',
      nothing: 'Nothing to do. There is no access to end, because nothing is locked.',
    },
    revokedFree: 'Access is revoked. There was nothing to pay.',
    revoked: (left: string) => `Access is revoked, and ${left} of the buyer’s money is left with you.`,
    revokedTodo: 'If the buyer is to get their money back, send it from your wallet and record the refund.',
    paidTwice: (times: number) => `This order was paid ${times === 2 ? 'twice' : `${times} times`}.`,
    paidElsewhere: 'A buyer who has this order has the same from another one as well.',
    paidTwiceTodo: 'Refund one payment, or keep both if the buyer meant it.',
  },

  facts: {
    heading: 'Order',
    price: 'Price',
    coupon: 'Coupon',
    overLimit: 'Over its limit',
    listPrice: 'List price',
    calls: 'API',
    ordered: 'Ordered',
    product: 'Product as offered',
    today: 'Product today',
    unchanged: 'Unchanged',
    gone: 'Not in the catalogue any more',
    faulty: 'Its file has an error',
    gives: 'What it gives',
    opensTag: (tag: string, days: number) => `#${tag} for ${inDays(days)}`,
    opensAll: (days: number) => `all articles and downloads for ${inDays(days)}`,
    givesCalls: (endpoint: string, calls: number) =>
      calls === 1 ? `1 call of /api/${endpoint}` : `${calls} calls of /api/${endpoint}`,
    withdrawn: (today: string) => `${today}, but withdrawn from sale`,
    draft: (today: string) => `${today}, but a draft`,
    buyer: 'Buyer',
    id: 'Order id',
    intent: 'Intent',
    destination: 'Paid to',
    payableTo: 'To be paid to',
    nextPoll: 'Next poll',
  },

  holders: {
    heading: 'Who has it',
    buyer: 'Buyer',
    since: 'Since',
    how: 'How',
    access: 'Access',
    ordered: 'Ordered it',
    redeemed: 'Redeemed the link from their wallet',
    linked: 'Redeemed a link of yours',
    open: () => 'Open',
    waiting: ({ first, last }: Days) => `From ${first} until ${last}`,
    until: ({ last }: Days) => `Until ${last}`,
    over: ({ last }: Days) => `Ended on ${last}`,
    unpaid: () => 'Not paid yet',
    nothing: () => 'None: nothing is locked',
    ended: () => 'Revoked',
    revoke: 'Revoke',
    revokeFor: (buyer: string) => `Revoke the access of buyer ${buyer}`,
  },

  others: {
    heading: 'The buyer’s other orders',
    none: 'None. This is the only order of this browser.',
    all: 'Everything of this buyer',
    order: 'Order',
    price: 'Price',
    state: 'State',
    ordered: 'Ordered',
  },

  payments: {
    heading: 'Payments',
    none: 'No payment yet.',
    paid: 'Paid',
    amount: 'Amount',
    tax: 'Tax in it',
    refunded: 'Refunded',
    left: 'Left',
    proof: 'Proof',
    codeUser: 'Code user',
    details: 'In kin',
    quarks: (kin: string, rate: string) => `${kin} kin at ${rate}`,
    proofs: {
      webhook: 'Webhook',
      status: 'Status, by polling',
      free: 'Free of charge',
      merchant: 'Honoured by hand',
    },
    refund: 'Record a refund',
    refundOf: (amount: string, id: string) => `Record a refund of the payment of ${amount}, ${id}`,
  },

  refunds: {
    heading: 'Refunds',
    when: 'Recorded',
    amount: 'Amount',
    tax: 'Tax in it',
    sentTo: 'Sent to',
    proof: 'Proof',
    note: 'Note',
  },

  revocations: {
    heading: 'Revocations',
    when: 'Revoked',
    whose: 'Whose access',
    everyone: 'Everyone’s',
    reason: 'Reason',
    restored: 'Restored',
    restore: 'Restore',
    restoreFor: (whose: string) => `Restore access: ${whose}`,
    byPayment: 'by a new payment',
  },

  timeline: {
    heading: 'What happened',
    after: (ms: number) => `+${duration(ms)}`,
    ordered: (price: string) => `Ordered for ${price}, and stored`,
    madeByHand: (price: string) => `Made by hand for a payment of ${price} without an order`,
    orderedFree: 'Ordered for free, and stored',
    anotherIntent: {
      paid: 'Another intent, because Code said that the former had been paid, but nothing proved it',
      'not-ours': 'Another intent, because Code knew the former from somebody else’s request',
    },
    sent: 'Sent to Code',
    confirmed: 'Confirmed by Code',
    rejected: 'Rejected by Code',
    registered: 'Webhook registered',
    registeredBefore: 'Webhook was registered already',
    notRegistered: 'Webhook not registered, so polling finds the payment',
    butNotRegistered: (reason: string) => `The webhook couldn’t be registered: ${reason}`,
    registrations: {
      request_not_found: 'Code didn’t have the payment request',
      intent_exists: 'Code had the payment already',
      invalid_url: 'Code doesn’t accept the webhook’s address',
      unknown: 'Code gave a reason that the shop doesn’t know',
    } as Record<string, string>,
    noWebhook: 'No webhook was registered, because PUBLIC_URL wasn’t set',
    steps: {
      'offered-again': 'Offered again',
      refused: 'Rejected by Code',
      'not-registered': 'Webhook not registered, so polling finds the payment',
      expired: 'Polling ended; a late webhook would still count',
      'only-submitted': 'Code says that it was paid, which isn’t enough',
      'first-download': 'Downloaded for the first time',
    } as Record<string, string>,
    verdicts: {
      applied: 'Webhook received: it matches the order',
      duplicate: 'Webhook received: a repetition of a payment that the shop knows',
      mismatched: 'Webhook received: signed by Code, but it doesn’t match the order',
      orphaned: 'Webhook received: it pays you, but the shop had no such intent',
      unmatched: 'Webhook received: not about an order of the shop',
      login: 'Webhook received: a login',
      test: 'Webhook received: a test',
    },
    confirms: 'Webhook received: it confirms the payment',
    replaces: (came: string, entered: string) => `${came} replaces the ${entered} that you entered`,
    refundedOtherwise:
      'Webhook received: it pays what was ordered, but you had honoured the order with other money and refunded that',
    seen: (count: number, last: string) => `Delivered ${times(count)}, last at ${last}`,
    dismissed: 'Mismatched event dismissed',
    differs: (what: string, ordered: string, claimed: string) =>
      `${what}: ordered ${ordered}, claimed ${claimed}`,
    amount: 'Amount',
    destination: 'Destination',
    fees: 'Fees',
    noFees: 'none',
    state: 'State',
    nothing: 'nothing readable',
    paid: (amount: string, how: string) => `Paid ${amount} ${how}`,
    paidFree: 'Given for free',
    paidByHand: (amount: string) => `Honoured by hand: ${amount}`,
    redeemed: 'Redeemed in another browser',
    linked: 'Redeemed in another browser with a link of yours',
    linkIssued: 'Redemption link issued',
    refunded: (amount: string) => `Refund of ${amount} recorded`,
    refundedTo: (address: string) => `Sent to ${address}`,
    revoked: 'Access revoked for everyone',
    revokedBuyer: (buyer: string) => `Access revoked for buyer ${buyer}`,
    restored: 'Access restored',
    restoredByPayment: 'Access restored by a new payment',
    denied: 'You said that no money came',
    asked: {
      paid: 'You asked Code: the order is paid',
      submitted: 'You asked Code: it says that this was paid, which isn’t enough',
      unpaid: 'You asked Code: no payment yet',
      refused: 'You asked Code: it rejected the request for the status',
      unanswered: 'You asked Code: it didn’t answer',
    } as Record<string, string>,
    action: (what: string) => `At the desk: ${what}`,
  },

  actions: {
    heading: 'What you can do',
    ask: 'Ask Code now',
    event: 'Compare the details',
    otherOrder: 'Look at the other order',
    link: 'Issue a redemption link',
    revoke: 'Revoke access',
    honour: 'Honour by hand',
    noMoney: 'No money came',
    cancel: 'Back to the order',
  },

  refund: {
    title: 'Record a refund',
    transfer:
      'Code can’t pull money back, so first send it to the buyer from your wallet. Then record here what you sent.',
    payment: 'Payment',
    left: 'Left of it',
    all: 'Refunds everything that is left: ',
    part: 'Refund a part instead',
    everything: (left: string) => `Refund everything that is left instead (${left})`,
    amount: (currency: string) => `Amount in ${currency}`,
    sentTo: 'Sent to (optional)',
    proof: 'Proof (optional)',
    proofHint: 'What shows that you sent it, such as the transaction’s signature.',
    note: 'Note (optional)',
    endsAccess: 'End everyone’s access to this order',
    movesLater:
      'If you end it, passes for the same that were bought after this one begin earlier, so that there is no gap.',
    endsAccessReason: 'Refunded',
    final:
      'A recorded refund can’t be changed or removed, so check the amount. If you record too little, record the rest later; if too much, correct it in your books.',
    button: 'Record the refund',
    tooMuch: (left: string) => `Only ${left} is left of this payment.`,
    meanwhile: (left: string) =>
      `Another refund of this payment was recorded after you opened this form, and ${left} is left. If it was the same one, you have nothing more to do. Otherwise record yours now.`,
  },

  revoke: {
    title: 'Revoke access',
    everyone:
      'Ends the access of everyone who has this order. The money stays with you. You can restore access later, and a new payment of this order restores it by itself.',
    everyoneFree: 'Ends the access of everyone who has this order. You can restore it later.',
    movesLater:
      'Passes for the same that were bought after this one then begin earlier, so that there is no gap.',
    one: {
      before: 'Ends the access of buyer ',
      after:
        ' to this order. Others who have it keep their access. You can restore it later; a new payment doesn’t.',
    },
    reason: 'Reason',
    button: 'Revoke access',
  },

  /** On the forms that end one buyer's access: around the time until which the link in their wallet opens the order; buyers follow */
  walletLink: {
    before: 'The link in their wallet still opens the order until ',
    after: ', in a new browser. To end that too, sign the lost browser out, on the page of the buyer:',
    buyer: 'Buyer',
  },

  restore: {
    title: 'Restore access',
    everyone: 'Gives everyone who has this order their access back.',
    one: { before: 'Gives buyer ', after: ' their access to this order back.' },
    resumes:
      'What was left of this pass when it was revoked begins where all of it fits, so it may begin later.',
    buyerStays:
      'Access is revoked for everyone as well. The buyer gets theirs back only once you restore that, too.',
    someStay:
      'Access of single buyers is revoked as well. They get theirs back only once you restore that, too.',
    reason: 'Reason',
    button: 'Restore access',
  },

  link: {
    title: 'Issue a redemption link',
    what: 'A link for a buyer who lost their purchase, for example with their browser. It works in one browser, for one day, and a new one ends the last.',
    check: 'Is it really the buyer?',
    checkWhy:
      'The number of an order or of an intent proves nothing, since others can see it. Ask for something that only the payer knows:',
    paidAt: 'When they paid',
    /** Beside the time of a payment, by how the shop learned of it */
    learned: {
      webhook: 'This is when Code’s webhook arrived, usually seconds after the payment.',
      status: 'This is when polling found the payment, which was made earlier.',
      free: 'This is when they got it for free.',
      merchant: 'This is when you honoured the order by hand. The payment was made earlier.',
    },
    otherProducts: 'What else they bought',
    noOthers: 'Nothing else',
    before: 'Links issued before',
    issued: (count: number) => (count === 0 ? 'None for this order.' : `${count} for this order.`),
    used: 'redeemed',
    unused: 'not redeemed',
    lost: 'The lost browser',
    lostWhy: 'If others may have it now, end its access to this order.',
    keepAll: 'Keep everyone’s access',
    end: 'End the access of buyer ',
    lostReason: 'Lost; replaced by a new link',
    button: 'Issue the link',
  },

  issued: {
    title: 'The redemption link',
    once: 'This is the only time that you can see it, because the shop stores only a hash. Send it to the buyer now.',
    ofBuyer: 'The buyer',
    isLocal: 'PUBLIC_URL isn’t set, so the link works only on this machine.',
    qr: 'The link as a QR code',
    link: 'Link',
    back: 'Done',
    works: 'Works in',
    browsers: 'One browser',
    until: 'Until',
  },

  honour: {
    title: 'Honour by hand',
    what: 'Makes the order paid on your word, for money that reached you but that the shop couldn’t prove. What you enter counts as revenue.',
    asked: 'Asked for',
    event: 'What Code reported for this intent',
    moneyCame: 'According to Code, this money reached an address of yours. Check it in your wallet.',
    noMoney:
      'According to Code, no money reached you: the payment went to another address, or wasn’t submitted.',
    look: 'Look at the event',
    without: 'Honour without this event',
    amount: 'Amount that really came',
    currency: 'Currency',
    currencyHint: 'Three letters, like usd.',
    reason: 'Reason',
    final:
      'You can’t change or remove what you record, so check the amount and the currency. If they turn out wrong, correct it in your books.',
    button: 'Honour the order',
    tooMuch: (most: string) => `One payment with Code is at most ${most}. Check the amount and the currency.`,
    currencyUnknown: 'Code doesn’t take this currency. Enter its three letters, like usd.',
  },

  noMoney: {
    title: 'No money came',
    everyone:
      'Lets the buyer order this product again, although Code says that it was paid. Check your wallet first: if the money did come and the buyer pays again, they have paid twice.',
    reason: 'Reason',
    button: 'Let the buyer order again',
  },

  orphan: {
    title: 'Honour an orphaned event',
    what: 'Makes a paid order of a new buyer, for money that reached you but whose order the shop doesn’t have. Then you get a redemption link for the buyer.',
    event: 'Event',
    paid: 'What it paid',
    seen: 'Received',
    product: 'What the buyer gets',
    choose: 'Choose a product',
    productMissing: 'Choose what the buyer gets.',
    none: 'Nothing is for sale at the moment, so there is nothing to give.',
    reason: 'Reason',
    button: 'Make the order',
    cancel: 'Back to the event',
  },

  /** What has just been done, on top of the order's page */
  done: {
    'asked-paid': 'Code says that the order is paid.',
    'asked-submitted':
      'Code says that this was paid, but nothing proves that the order’s amount reached you.',
    'asked-unpaid': 'Code says that nothing has been paid yet.',
    'asked-unanswered':
      'Code isn’t answering now, so nothing has changed. The shop goes on polling by itself; you can ask again in a minute.',
    'asked-refused': 'Code rejected the request for the status of this order.',
    refunded: 'The refund is recorded.',
    revoked: 'Access is revoked.',
    restored: 'Access is restored.',
    buyerStays:
      'This buyer’s revocation is undone, but access is still revoked for everyone. Restore that as well if the buyer is to have theirs back.',
    someStay:
      'The revocation for everyone is undone, but access of single buyers is still revoked. Restore theirs as well if they are to have it back.',
    honoured: 'The order is honoured.',
    denied: 'The buyer can order this product again.',
  } as Record<string, string>,
}
