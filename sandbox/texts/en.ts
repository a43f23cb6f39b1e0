import { requestWords } from './request-words.ts'

/** What buyers see of the sandbox in English: the button and the frame that opens on a click. `{name}` stands for a value. */
export const frames = {
  lang: 'en',
  dir: 'ltr',
  verbs: { payment: 'Pay', login: 'Log in', tip: 'Tip' },
  title: (verb: string) => `${verb} with Code (sandbox)`,
  button: (verb: string) => `${verb} with Code`,
  testMoney: 'sandbox: test money only',
  sandbox: 'Sandbox.',
  imitates: 'This imitates Code. No real money changes hands.',
  close: 'Close',
  to: 'To',
  by: 'Requested by',
  intent: 'Intent',
  user: 'Test user',
  owner: (name: string, kin: string) => `${name}, ${kin} kin`,
  approve: 'Approve',
  reject: 'Reject',
  sharesWith: 'Shares your identity with',
  preparing: 'The shop is preparing the request …',
  separate: 'Here the wallet is a separate page, as it is a separate app on a phone.',
  openWallet: 'Open the test wallet',
  qr: 'QR code that opens this request in the test wallet',
  scan: 'Scan it with a phone to approve or reject the request there, or do so here.',
  noScan: {
    before:
      'The sandbox knows no address that phones can reach, so there is no code to scan. To get one, set the shop’s ',
    between: ' to such an address, for example a tunnel’s (',
    after: ' for a sandbox that runs alone).',
  },
  approved: 'Approved.',
  returning: 'Returning to the shop …',
  back: 'Back to the shop',
  timeLeft: 'Time until Code ends the stream',
  left: { before: 'Code ends the stream after a minute: ', after: ' s left.' },
  trace: 'Trace',
  inject: 'Inject faults',
  tip: 'The amount of a tip is chosen in Code’s wallet, and no server knows it beforehand. The sandbox sends nothing at all.',
  /** What their scripts say */
  said: {
    loginTo: 'Log in to {domain}',
    tipFor: 'A tip for @{username}',
    approving: 'Approved. Waiting for the sequencer to confirm …',
    rejected: 'Rejected.',
    scanned: 'The code was scanned. That wallet can approve or reject the request as well.',
    timedOut:
      'Nobody approved or rejected the request for a minute, so Code ended the stream. It can still be paid.',
    closed: 'The sequencer ended the stream. The request can still be paid.',
    noLogin: 'This login request doesn’t exist. Only the server with the verifier’s key can create it.',
    unexplained: 'The sequencer rejected the request without giving a reason.',
    silent: 'The sequencer did not answer within {seconds} seconds.',
    unreachable: 'Could not reach the sequencer.',
    sandboxUnreachable: 'Could not reach the sandbox.',
    sandboxAnswered: 'The sandbox answered {status}.',
  },
}

/** The sandbox's own pages, in English. Those for developers have no other language. Messages of Code itself are not among them: SDKs compare those. */
export const en = {
  lang: 'en',
  dir: 'ltr',
  layout: {
    name: 'Code sandbox',
    testMoney: 'Test money only.',
    noRealMoney: 'No real money changes hands here.',
    sandbox: 'Sandbox',
    requests: 'Requests',
    faults: 'Faults',
    disclaimer:
      'This sandbox imitates the Code Sequencer on your own machine. It isn’t Code, and it moves no kin.',
  },
  actions: {
    back: 'Back to this request',
    all: 'All requests and deliveries',
    trace: 'Trace',
    inject: 'Inject faults',
  },
  request: requestWords(frames),
  home: {
    title: 'Requests and deliveries',
    endpoint: 'Endpoint for the SDK',
    frames: 'Frames for Code’s elements',
    key: 'Public key for verifying webhooks',
    faultsOn: (calls: string, webhooks: string) =>
      `Fault injection is on: calls ${calls}, webhooks ${webhooks}.`,
    changeFaults: 'Change or stop it',
    requests: 'Requests',
    noRequests:
      'None yet. Press a Code button in the shop, or create a payment intent with the SDK and the endpoint above.',
    newest: (shown: number) => `The newest ${shown}`,
    scanned: 'scanned',
    notScanned: 'not scanned',
    webhookTo: 'webhook to ',
    noWebhook: 'no webhook',
    trace: 'trace',
    refused: 'Traces without a request, because it was rejected or never made',
    deliveries: 'Webhook deliveries',
    hidden: 'This sandbox has a public address, so it shows deliveries and traces on its own machine only.',
    testUrl: 'URL for a test event',
    send: 'Send',
    noDeliveries: 'None yet. A webhook is sent when a payment with a registered URL is approved.',
    to: 'to ',
    about: ' about ',
    noAnswer: 'no answer yet',
    answered: (status: number | null | undefined, ms: number) => `${status ?? 'no status'} after ${ms} ms`,
    from: 'from ',
    nextAttempt: 'Next attempt at ',
    again: 'Send again',
    againFor: (kind: string, id: string | number) => `Send again: ${kind} ${id}`,
  },
  pay: {
    title: (money: string) => `Pay ${money}`,
    heading: 'Test wallet',
    loginRequest: 'Login request',
    paymentRequest: 'Payment request',
    unverified: ', unverified',
    verifier: 'Verifier',
    fee: (share: string) => `Includes a fee of ${share} to`,
    approved,
    another: 'Return in another browser',
    anotherWhy:
      'The wallet on a phone opens the shop in the phone’s default browser. That may be a different one from the browser that you came from, without its cookies. To see what happens then, open this address in another browser or a private window, or scan it with a phone. Anyone with this link can redeem the order, so keep it private.',
    qr: 'QR code of this address',
    back: 'Back to the merchant',
    rejected: 'Rejected. At Code that isn’t final, so you can still approve the request.',
    returnThere: 'Return in another browser, as the wallet on a phone may do',
    topUpHeading: 'Top up a balance',
    balanceOf: 'Balance of',
    kin: 'Kin',
    topUp: 'Top up',
  },
  /** Why a button of the wallet did nothing */
  refusals: {
    title: 'Not possible',
    poor: (name: string, owned: string, needed: string) =>
      `${name} has ${owned} kin, but this payment needs ${needed}. Top up, or choose another user.`,
    decided: 'This request has already been approved.',
  },
  trace: {
    title: 'Trace',
    about: 'The recorded messages about ',
    noRequest: 'There is no request for it, because it was rejected or never made',
    zone: 'Times are UTC.',
    updates: 'This page updates automatically.',
    browser: 'Browser',
    shop: 'Shop',
    sequencer: 'Sequencer',
    wallet: 'Wallet',
    who: (from: string, to: string) => `${from} to ${to}:`,
    repeated: (times: number, last: string) => `${times} times, most recently at ${last}`,
    claims: 'Claims',
    none: 'No messages yet.',
  },
  faults: {
    title: 'Fault injection',
    lead: 'Makes calls or webhooks fail on purpose, so that you can see how your shop copes. The settings are lost when the sandbox stops.',
    onlyFor: 'For this request only: ',
    forAll: 'Faults for all requests',
    calls: 'Calls to the sequencer, from shop and browser',
    webhooks: 'Webhooks to the shop',
    speed: 'Webhook retries: how many times faster',
    set: 'Set',
    individual: 'Individual requests',
    are: (calls: string, webhooks: string) => `calls ${calls}, webhooks ${webhooks}`,
    inCalls: 'Faults in calls',
    inWebhooks: 'Faults in webhooks',
    shopShould: 'What a shop should do:',
  },
  callFaults: {
    none: { happens: 'Calls are answered normally.', shopShould: 'Sell.' },
    silent: {
      happens: 'Calls are never answered.',
      shopShould:
        'Give up after a few seconds, tell the buyer that they have not been charged, and reuse the intent next time.',
    },
    slow: {
      happens: 'Calls are answered after two seconds.',
      shopShould: 'Wait until its own deadline, without making other buyers wait.',
    },
    'http-500': {
      happens: 'Calls are answered with HTTP status 500.',
      shopShould:
        'Tell the buyer that they have not been charged. After several failures in a row, pause before calling again.',
    },
    refuse: {
      happens:
        'Calls are answered with an ERROR in the envelope and an empty body, which the SDK decodes as OK, or with status 400 as JSON.',
      shopShould: 'Check the envelope, and hand out no client secret.',
    },
    'broken-bytes': {
      happens: 'Calls are answered with bytes that are not a valid message.',
      shopShould: 'Treat it like no answer.',
    },
  },
  webhookFaults: {
    none: {
      happens: 'Webhooks are sent on Code’s schedule.',
      shopShould: 'Answer 200 once the event is stored.',
    },
    dropped: {
      happens: 'No attempt is sent, and each counts as failed.',
      shopShould: 'Poll the status, at the latest when the buyer opens the success page.',
    },
    delayed: {
      happens: 'The first three attempts are not sent, so the webhook arrives 17 seconds late.',
      shopShould: 'Show that it is waiting, poll the status, and treat the webhook as a duplicate.',
    },
    twice: {
      happens: 'Each attempt is sent twice, one after the other, with three seconds for each.',
      shopShould: 'Answer 200 to both, and settle once.',
    },
    'twice-at-once': {
      happens: 'Each attempt is sent twice at the same time.',
      shopShould: 'Answer 200 to both, and settle once: let the database decide.',
    },
    'before-success': {
      happens:
        'An open stream learns of the payment only after the first attempt has been answered. A stream that is opened again, and the wallet’s own page, don’t wait.',
      shopShould: 'Settle by the webhook alone, whatever the browser reports.',
    },
    'wrong-key': {
      happens: 'The event is signed with an unknown key.',
      shopShould: 'Answer 401, and settle nothing.',
    },
    tampered: {
      happens: 'The event claims a different amount from the one that was signed.',
      shopShould: 'Answer 401, and settle nothing.',
    },
    redirected: {
      happens: 'The webhook arrives as it would after a 302 redirect: as a GET without a body.',
      shopShould: 'Answer 405. A 200 would count as delivered, and the event would be lost.',
    },
  },
}

function approved(who: string | undefined, isLogin: boolean, hasWebhook: boolean): string {
  const by = who ? ` by ${who}` : ''
  const result = isLogin ? 'The login is confirmed' : 'The test money is on its way'
  return `Approved${by}. ${result}${hasWebhook ? ', and a webhook notifies the merchant' : ''}.`
}
