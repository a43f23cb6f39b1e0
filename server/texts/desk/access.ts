interface Browser {
  name: string | undefined
  system: string | undefined
}

/** Getting into the desk, and what was done there. */
export const access = {
  signIn: {
    title: 'Sign in',
    heading: 'The merchant’s desk',
    lead: 'Sign in with the shop’s ADMIN_TOKEN.',
    token: 'Token',
    button: 'Sign in',
    wrong: 'That isn’t the shop’s token. Check that you copied all of it.',
    tooLate:
      'You were signed out before you sent the form, so nothing was recorded. Sign in to fill it in again.',
    orByLink: {
      before: 'On the shop’s machine, ',
      command: 'npm run desk',
      after: ' makes a link that signs you in.',
    },
    onlyByLink:
      'In sandbox mode, the desk opens with the link that the shop prints in its terminal when it starts. A link works once, for ten minutes. Restart the shop to get a new one.',
    mayBeSignedIn: {
      before: 'You followed a link from another site, which hides whether you are signed in. ',
      link: 'Open the page from here',
      after: '.',
    },
  },
  enter: {
    title: 'Sign in',
    heading: 'Sign in to the desk in this browser?',
    why: 'The link works once, in one browser. Press the button only if this browser is yours.',
    button: 'Sign in',
  },
  sessions: {
    title: 'Signed-in browsers',
    lead: 'Each of these browsers can do everything that you can do here.',
    own: 'This browser',
    signedIn: { before: 'Signed in ', with: (what: string) => ` with ${what}` },
    used: 'Last used ',
    mayBeOver: 'If ADMIN_TOKEN has been changed since then, this session opens nothing any more.',
    end: 'Sign out',
    endOf: (browser: string) => `Sign out ${browser}`,
    limits:
      'A browser is signed out after twelve hours without use, and after seven days in any case. If you change ADMIN_TOKEN and restart the shop, all browsers are signed out at once; they leave this list within twelve hours.',
  },
  auditLog: {
    title: 'Audit log',
    lead: 'Everything that was done at the desk, newest first.',
    none: 'Nothing has been done here yet.',
    to: 'To ',
    newest: 'Newest',
    older: 'Older',
    pages: 'Other pages of the log',
  },
  link: 'a one-time link',
  token: 'the token',
  /** Who did something without a browser that has signed in */
  noBrowser: 'A program',
  browserOn: ({ name, system }: Browser) =>
    [name ?? 'Unknown browser', system].filter((part) => part !== undefined).join(' on '),
  /** By what the action is called in the database */
  actions: {
    'access-restored': 'Restored access',
    'access-revoked': 'Revoked access',
    'alert-dismissed': 'Dismissed an alert',
    'alert-resent': 'Sent an alert again',
    'browser-signed-out': 'Signed out a buyer’s browser',
    'payment-denied': 'Said that no money came for an order',
    'code-asked': 'Asked Code for the status',
    'desk-link': 'Made a sign-in link',
    'event-dismissed': 'Dismissed an event',
    'event-judged-again': 'Judged an event again',
    'event-not-verified': 'Tried to judge an event again; its signature doesn’t match today’s keys',
    'goods-opened': 'Looked at what buyers of a product see',
    'link-issued': 'Issued a redemption link',
    'order-honoured': 'Honoured an order by hand',
    'orders-exported': 'Exported orders',
    'orphan-honoured': 'Honoured an event without an order',
    'refund-recorded': 'Recorded a refund',
    'sign-in': 'Signed in',
    'sign-out': 'Signed out a browser of the desk',
  },
  /** What was true before and after an action, by its key there */
  facts: {
    access: 'Access',
    browser: 'Browser',
    buyer: 'Buyer',
    by: 'With',
    currency: 'Currency',
    endsAccess: 'Ended access',
    event: 'Event',
    expiresAt: 'Expires',
    file: 'File',
    format: 'Format', // of an export, in entries from before exports had names of files
    from: 'From',
    hundredths: 'Amount',
    intent: 'Intent',
    issuedBy: 'Made by',
    leftHundredths: 'Left',
    links: 'Links issued',
    max: 'Largest amount',
    min: 'Smallest amount',
    outcome: 'Outcome',
    payment: 'Payment',
    product: 'Product',
    reason: 'Reason',
    refundedHundredths: 'Refunded',
    search: 'Search',
    state: 'State',
    to: 'To',
    verdict: 'Verdict',
  },
  /** The values of facts that have other words than their own */
  values: { link: 'a one-time link', token: 'the token' },
  factBefore: (name: string) => `${name} before`,
  change: (before: string, after: string) => `${before} → ${after}`,
  yes: 'yes',
  no: 'no',
}
