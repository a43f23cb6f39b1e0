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
    signedIn: 'Signed in',
    used: 'Last used',
    by: 'With',
    browser: 'Browser',
    end: 'Sign out',
    endOf: (browser: string) => `Sign out ${browser}`,
    limits:
      'A browser is signed out after twelve hours without use, and after seven days in any case. If you change ADMIN_TOKEN and restart the shop, all browsers are signed out at once; they leave this list within twelve hours.',
  },
  auditLog: {
    title: 'Audit log',
    lead: 'Everything that was done at the desk, newest first.',
    none: 'Nothing has been done here yet.',
    when: 'When',
    what: 'What',
    who: 'Who',
    to: 'To',
    changes: 'Before and after',
    from: (before: string) => `before: ${before}`,
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
    'sign-in': 'Signed in',
    'sign-out': 'Signed out',
    'desk-link': 'Made a sign-in link',
    'code-asked': 'Asked Code about an order',
    'link-issued': 'Issued a redemption link',
    'refund-recorded': 'Recorded a refund',
    'access-revoked': 'Revoked access',
    'access-restored': 'Restored access',
    'order-honoured': 'Honoured an order by hand',
    'orphan-honoured': 'Honoured an orphaned event by hand',
    'orders-exported': 'Exported orders',
    'event-dismissed': 'Dismissed an event',
    'event-judged-again': 'Judged an event again',
    'event-not-verified': 'Judged an event again, which no key of that day had signed',
    'goods-opened': 'Looked at what buyers of a product see',
    'browser-signed-out': 'Signed a buyer’s browser out',
  },
}
