import { desk } from './desk/index.ts'
import { numberIn } from './number.ts'
import { plural } from './plural.ts'
import { sizeIn } from './size.ts'

const LANGUAGE = 'en'

const digits = numberIn(LANGUAGE)

/** Forms of a text about a number, by the plural categories of the language. */
type Forms = { [category in Intl.LDMLPluralRule]?: string } & { other: string }

const opensHere = {
  promises: ['Opens right here as soon as you’ve paid', 'One payment, no account needed'],
  lastStep: 'That’s it. Your purchase opens right here.',
  paid: { before: '', after: ' is yours, and stays open in this browser.', link: 'Open it on its own page' },
}

const openOne = {
  title: 'Open your purchase here',
  heading: 'Open your purchase here?',
  button: 'Open it in this browser',
}

/** The shop in English. */
export const en = {
  words: plural(LANGUAGE, '{n, plural, one {# word} other {# words}}'),
  moreWords: plural(LANGUAGE, '{n, plural, one {# more word} other {# more words}}'),
  pictures: plural(LANGUAGE, '{n, plural, one {# picture} other {# pictures}}'),
  size: sizeIn(LANGUAGE),
  extent: (type: string, size: string) => `${type}, ${size}`,
  minutes: (minutes: number) => `${digits(minutes)} min`,

  layout: {
    lang: LANGUAGE,
    dir: 'ltr',
    skip: 'Skip to content',
    sandboxMode: 'Sandbox mode',
    sandbox: 'Sandbox mode. No real money changes hands.',
    forMerchant: 'For the merchant',
    shop: 'Shop',
    more: 'More',
    storefront: 'Storefront',
    purchases: 'My purchases',
    language: 'Language',
    payWith: { before: 'Pay with ', code: 'Code', after: '. No account, no subscription.' },
  },
  actions: {
    toStorefront: 'Go to the storefront',
    toProduct: 'Back to the product',
  },
  storefront: {
    title: 'Pay only for what you choose',
    description: 'Articles and downloads, paid with Code. No account, no subscription.',
    lead: 'Everything opens as soon as you have paid. No account, no subscription, no forms.',
    empty: 'Nothing here yet. Please come back later.',
    begin: {
      heading: 'Your shop is running. Put something into it.',
      steps: [
        { before: 'Save this as ', after: '. What comes before the line with “more” is free to read.' },
        { before: 'Give the shop a name. Save this as ', after: '.' },
        { before: 'Reload this page, and buy it with test money. To learn more, read ', after: '.' },
      ],
    },
  },
  tip: { heading: 'Tip', lead: 'A tip goes from your wallet to theirs. This shop isn’t involved.' },
  tags: { title: (tag: string) => `#${tag}`, passes: 'Open all of it at once', each: 'One at a time' },
  paging: {
    label: 'More products',
    before: 'Previous page',
    after: 'Next page',
    where: (number: number, count: number) => `Page ${digits(number)} of ${digits(count)}`,
  },
  product: {
    yours: 'Yours',
    openToYou: 'Open to you',
    kept: { before: 'This browser keeps it for you under ', after: '.' },
    includesTax: (rate: string, label: string) => `Includes ${rate} ${label}`,
    from: (price: string) => `from ${price}`,
    download: 'Download',
    fileMissing:
      'The file is missing at the moment, which is the shop’s fault. It’s still yours: please come back later, or contact the merchant.',
  },
  offer: {
    unavailable: 'This isn’t for sale at the moment, because its file is missing. Please come back later.',
    withdrawn: 'This isn’t for sale any more.',
    ifBought: 'If you bought it, open it in the browser in which you bought it.',
    needsScript: 'Paying requires JavaScript. The rest of this site works without it.',
    stepsHeading: 'Pay with Code in three steps',
    steps: [
      'Press the button, and scan the code with the Code app. On a phone, the app opens by itself.',
      'Approve the payment in the app.',
    ],
    sandboxSteps: [
      'Press the button. A test wallet opens.',
      'Approve the payment. No real money changes hands.',
    ],
    wallet: { before: 'No wallet yet? Get the free Code app for your phone from ', after: '.' },
    sandboxWallet: {
      before: 'There is nothing to install. In a live shop, the wallet is the Code app from ',
      after: '.',
    },
    chooseCurrency: 'Currency',
    currency: (name: string) => `The currency is ${name}.`,
    chooseAmount: 'Choose an amount',
    anotherAmount: 'Another amount',
    anotherAmountIn: (currency: string) => `Another amount in ${currency}`,
    range: { before: 'From ', between: ' to ' },
    free: 'Free',
    getFree: 'Get it for free',
    freePromise: 'No wallet needed',
    coupon: {
      ask: 'Have a coupon?',
      label: 'Coupon code',
      apply: 'Apply',
      remove: 'Remove the coupon',
      unusable:
        'This code can’t be used here. It may be mistyped, expired, used up, reserved at the moment (for other buyers, or by another order of yours that isn’t paid yet), or meant for something else.',
      insteadOf: { before: 'Instead of ', or: ' / ', between: ', with the coupon ', after: '.' },
      unchanged: (currencies: readonly string[]) => `It doesn’t lower the price in ${currencies.join(', ')}.`,
    },
  },
  cancelled: {
    title: 'Cancelled',
    heading: 'You haven’t been charged',
    closed: { before: 'You closed or declined the payment for ', after: '.' },
    closedUnknown: 'You closed or declined the payment.',
    late: 'If it goes through after all, you will still get your purchase.',
  },
  noCookies: {
    offer:
      'You haven’t been charged. This browser doesn’t keep cookies, so it would lose what you buy. Allow cookies for this shop, or open it in another browser.',
    redeem:
      'This browser doesn’t keep cookies, so it would lose your purchase. Allow cookies for this shop, or open the link in another browser. The link still works.',
    reload: 'Reload',
  },
  /** The page of a link, by what the link is for: from the wallet for its order, from the merchant for one or for everything */
  redeem: {
    wallet: {
      ...openOne,
      why: 'Your wallet opened this page in a different browser from the one you ordered in. Press the button to open your purchase here as well.',
      limits:
        'The link works for one day after the payment, in up to three browsers besides the one you ordered in.',
    },
    order: {
      ...openOne,
      why: 'The merchant made this link for you. Press the button to open your purchase in this browser.',
      limits: 'The link works for one day after the merchant made it, in one browser.',
    },
    everything: {
      title: 'Open all your purchases here',
      heading: 'Open all your purchases here?',
      why: 'The merchant made this link for you. Press the button to open all your purchases in this browser.',
      button: 'Open them in this browser',
      limits: 'The link works for one day after the merchant made it, in one browser.',
    },
  },
  success: {
    confirmingTitle: 'Confirming',
    confirming: 'Confirming your payment',
    forPrice: ' for ',
    waiting:
      'We’re waiting for Code to confirm your payment. This usually takes a few seconds, and the page will update automatically.',
    checkAgain: 'Check again',
    title: 'Paid',
    heading: 'Paid. Thank you.',
    freeTitle: 'Yours',
    freeHeading: 'It’s yours.',
    /** Around the title of what isn’t in the catalogue any more, or has a fault there */
    missing: {
      before: 'The page of ',
      after:
        ' isn’t available at the moment. Your purchase still counts: come back later, or contact the merchant.',
    },
    /** Behind the title of a pass that is paid and begins later; its days follow */
    notBegun: { after: ' is yours, and hasn’t begun yet.' },
    /** Around the title of what isn’t open any more: the merchant has ended it, or its last day is over */
    ended: {
      title: 'Access ended',
      heading: 'Your access has ended',
      before: 'The merchant has ended your access to ',
      after: '. The receipt shows what you paid.',
      afterRefund: '. The receipt shows what you paid, and what was refunded.',
    },
    expired: {
      title: 'Expired',
      heading: 'This purchase has expired',
      before: '',
      after: ' has expired. The receipt shows its last day and what you paid.',
    },
    /** The same around the title of what the buyer has by another order all the same */
    heldOtherwise: {
      refunded: {
        title: 'Refunded',
        heading: 'This purchase was refunded',
        before: 'You still have ',
        after: ' through another purchase. The receipt shows what you paid, and what was refunded.',
      },
      ended: {
        title: 'Purchase ended',
        heading: 'This purchase has ended',
        before: 'You still have ',
        after: ' through another purchase. The receipt shows what you paid.',
      },
    },
  },
  receipt: {
    heading: 'Receipt',
    of: (title: string) => `Receipt for ${title}`,
    print: 'Print',
    for: 'For',
    listPrice: 'List price',
    coupon: 'Coupon',
    paid: 'Paid',
    testMoney: ' (test money)',
    refunded: 'Refunded',
    refundedTax: 'Tax refunded',
    lastRefund: 'Last refund',
    on: 'On',
    with: 'With',
    intent: 'Code, intent ',
    from: 'From',
  },
  seller: { vatId: 'VAT ID', taxNumber: 'Tax number' },
  /** Until when something is open that has an end. Days are the shop's. */
  window: {
    open: { before: 'Open until the end of ', after: '.' },
    waiting: { before: 'Open from ', between: ' until the end of ', after: '.' },
    over: { before: 'It ended with ', after: '.' },
    byPass: { before: 'Open through ', between: ' until the end of ', after: '.' },
    covered: {
      before: 'All of it is open to you already, through ',
      between: ' until the end of ',
      after: '.',
    },
    begins: { before: 'Your pass begins on ', after: '.' },
    zone: { before: ' (', after: ')' },
    endsSoon: plural(
      LANGUAGE,
      '{n, plural, one {Today is its last day.} other {It ends soon: # days are left, including today.}}',
    ),
    adds: plural(
      LANGUAGE,
      '{n, plural, one {Buying it adds # day to what you have.} other {Buying it adds # days to what you have.}}',
    ),
    addsNothing: 'Buying this as well doesn’t add to that: its days begin at once.',
    forGood: 'Buy it for good',
    term: 'Access',
  },
  apiKeys: {
    title: 'API keys',
    lead: 'What your programs may call. Anyone who has a key can use up your calls, so keep it to yourself.',
    none: 'Nothing that you have in this browser has an API.',
    left: (left: number, bought: number) => `Calls left: ${digits(left)} of ${digits(bought)}`,
    since: 'Key made: ',
    noKey: 'There is no key.',
    make: 'Make a key',
    replace: 'Replace the key',
    revoke: 'End the key',
    replaceNote: 'If you replace or end the key, the present one stops working at once.',
    yours: 'Your key. It is shown only once:',
    example: 'Use it like this:',
    otherKey:
      'You have a key already, and it still works, so no other was made. It can’t be shown again: if you didn’t keep it, replace it.',
    link: 'API keys',
  },
  purchases: {
    title: 'My purchases',
    none: 'You haven’t bought anything in this browser yet. Your purchases will appear here.',
    all: 'Everything that you have in this browser, newest first.',
    part: 'Purchases that you have in this browser, newest first. Not all of them fit on one page.',
    others: 'Other purchases',
    ended: 'Access ended',
    missing:
      'Its page isn’t available at the moment. Your purchase still counts: come back later, or contact the merchant.',
    newest: 'Newest purchases',
    older: 'Older purchases',
  },

  /** The texts about each kind of goods */
  kinds: {
    article: {
      ...opensHere,
      label: (minutes: string) => `Article · ${minutes}`,
      gets: (moreWords: string, minutes: string) => `${moreWords}, about ${minutes}`,
      heading: 'Read the rest',
    },
    download: {
      ...opensHere,
      label: (extent: string) => `Download · ${extent}`,
      gets: (name: string, extent: string) => `${name} (${extent})`,
      instructions: (words: string) => `${words} on how to use it`,
      heading: 'Get the file',
    },
    api: {
      label: 'API',
      gets: plural(LANGUAGE, '{n, plural, one {# call} other {# calls}}'),
      heading: 'For your programs',
      promises: ['A key right after the payment', 'Unused calls don’t expire'],
      lastStep: 'That’s it. You get your key on the next page.',
      paid: {
        before: 'You ordered ',
        after: '. The next page has the key and shows how many calls are left.',
        link: 'Get the key',
      },
    },
    donation: {
      label: 'Donation',
      getsThanks: 'A thank-you and a receipt, right after the payment',
      getsReceipt: 'A receipt, right after the payment',
      heading: 'Give what you like',
      promises: ['No account needed', 'As often as you like'],
      lastStep: 'That’s it. Your receipt appears right here.',
      paid: { before: 'Your donation has arrived: ', after: '.', link: 'Back to its page' },
    },
    pass: {
      label: plural(LANGUAGE, '{n, plural, one {Pass · # day} other {Pass · # days}}'),
      getsTagged: 'Everything that belongs to it, including what is added while your pass runs',
      getsAll: 'Every article and download of this shop, including what is added while your pass runs',
      heading: 'Get the pass',
      promises: [
        'Starts as soon as you’ve paid, and ends by itself',
        'Buy it again while it runs, and the days are added',
        'No account needed',
      ],
      lastStep: 'That’s it. Everything that it covers is open in this browser while it runs.',
      paid: { before: '', after: ' is yours. What it covers is open in this browser.', link: 'To the pass' },
    },
  },

  /** What the pages' scripts show. `{name}` stands for a value that the script knows. */
  scripts: {
    tipFrame: 'Button to tip with Code',
    tipWindow: 'Tip with Code',
    tipThanks: 'Thank you for the tip.',
    tipCancelled: 'No tip was sent.',
    tipFailed: 'The tip didn’t go through.',
    buttonFrame: 'Button to pay with Code',
    paymentFrame: 'Payment with Code',
    notCharged: 'You haven’t been charged. {reason}',
    noButton: 'The payment button didn’t load. Check your connection, then reload the page.',
    noWindow:
      'You haven’t been charged this time. The payment window didn’t load: check your connection, then try again.',
    changed:
      'The price or terms changed while this page was open. You haven’t been charged. Please review the updated offer and try again.',
    cancelled:
      'You haven’t been charged. If the payment goes through after all, you will still get your purchase.',
    paidBefore:
      'You haven’t been charged this time. An earlier payment of yours has arrived; see My purchases.',
    otherTab:
      'This order is open in another tab. Pay there, or close that tab and try again here. You won’t be charged twice.',
    noPayment:
      'The payment timed out. If you already paid, press the button again: you’ll get your purchase and won’t be charged twice.',
    cutOff:
      'The connection to Code was lost. If you already paid, press the button again: you’ll get your purchase and won’t be charged twice.',
    codeError:
      'Code’s payment window reported an error ({error}). Try again: the shop reuses the same order, so you can’t be charged twice.',
    notStarted: 'This page couldn’t start the payment. Reload it and try again.',
    silent:
      'The shop did not respond in time. Try again: it will reuse the same order, so you can’t be charged twice.',
    unreachable: 'The shop can’t be reached. Check your connection, then try again.',
    notTaken: 'The shop couldn’t take the order ({status}).',
    incomplete: 'The shop’s response was incomplete. Try again in a moment.',
    again: ' Try again in a moment.',
    againIn: { one: ' Try again in 1 second.', other: ' Try again in {wait} seconds.' } as Forms,
    late: 'The payment hasn’t arrived yet. This page will keep waiting, but you can also close it: once the payment arrives, your purchase will open in this browser. If you have paid and it doesn’t open, contact the merchant.',
    amountSmall: 'The smallest amount is {from}.',
    amountLarge: 'The largest amount is {to}.',
    amountEmpty: 'Enter an amount from {from} to {to}.',
    amountAmbiguous:
      '“{typed}” could mean two amounts. Leave out the thousands separator, or write two decimals.',
    amountPrecise: '“{typed}” has more than two decimals. Write it like {from}.',
    amountUnclear: '“{typed}” is not an amount. Write it like {from}.',
  },

  /** The merchant's pages */
  desk,

  /** The page of an error */
  problem: {
    /** Closes the sentence of one of the `errors` below, for a page */
    detail: (detail: string) => `${detail}.`,
    retryAfter: plural(
      LANGUAGE,
      ' {n, plural, one {Try again in # second.} other {Try again in # seconds.}}',
    ),
    about: 'About this problem',
    buyCalls: 'Buy calls',
    contact: 'You can get help here: ',
    code: {
      before: 'The shop calls this problem ',
      after: (status: number) => ` and answers with HTTP status ${status}.`,
    },
  },

  /** What exactly was wrong with a request, and what would be right: the `detail` of problem+json, without a full stop. */
  errors: {
    notSignedIn: () => 'This browser or program has not signed in to the desk',
    tokenWrong: () => 'This is not the shop’s ADMIN_TOKEN',
    deskLinkSpent: () =>
      'The link has been used, has expired, or was made with another ADMIN_TOKEN. Links work once, within ten minutes',
    formSpent: () => 'The form was already sent, or is more than twelve hours old',
    formOfAnother: () => 'The form doesn’t belong to this browser, or was made for something else',
    deskCookieMissing: () =>
      'The browser didn’t send the cookie that this page sets. Allow cookies for this shop, then open the page again',
    signInForm: () => 'The sign-in page has a form with everything that is needed',
    signOutForm: () => 'The list of browsers has a form with everything that is needed',
    deskFields: (names: string[]) =>
      `A field is missing, unknown, too long or not of its form${names.length > 0 ? `: ${names.join(', ')}` : ''}`,
    noEvent: () => 'The inbox has no such event',
    eventNotOpen: () => 'The event isn’t on the list of those to look at any more',
    noCoupon: () => 'No coupon can have this code',
    noBuyer: () => 'The shop has no such buyer',
    noBrowser: () => 'This browser isn’t this buyer’s, or was signed out before',
    noSuchPlace: () => 'The list has no such page',
    notSoldIn: (title: string, currencies: string[]) =>
      `${title} isn’t sold in that currency, but in ${currencies.join(', ')}`,
    withdrawn: (title: string) => `${title} is no longer for sale`,
    noSuchPage: () => 'This list has no such page',
    callNeedsKey: () => 'A call needs a key: “Authorization: Bearer nk_…”',
    noCallsLeft: () => 'All calls that were bought for this key are used up',
    noCallsBought: () =>
      'There is no purchase here that a key could be used for, or its payment hasn’t arrived yet',
    keyUnknown: () => 'The key in “Authorization” is not known',
    keyForm: (endpoints: readonly string[]) =>
      `A key is ordered by ${endpoints.map((name) => `{ "endpoint": "${name}" }`).join(' or ')}, with "action": "revoke" if it is to end, with "replaces" for the SHA-256 (hexadecimal) of the key to be replaced or ended, and nothing else`,
    otherKey: () => 'The current key isn’t the one that “replaces” names',
    callDiffers: () => 'This “Idempotency-Key” came with another request before',
    idempotencyKeyForm: () => 'An “Idempotency-Key” has 1 to 200 visible ASCII characters',
    searchForm: (longest: number) => `A search is ?q=<words>, with at most ${longest} characters`,
    amountNotWanted: (title: string) => `${title} has a fixed price: order it without "hundredths"`,
    amountOutside: (title: string, from: number, to: number, shown: string[]) =>
      `For ${title}, "hundredths" must be a whole number from ${from} to ${to} (${shown.join(' to ')})`,
    couponUnusable: () =>
      'The coupon is unknown, expired, used up, reserved (by others, or by an unpaid order of this buyer), or not for this product',
    couponForm: () => 'A coupon is entered as { "product", "code" }, both text, and nothing else',
    freeOrderForm: () =>
      'A free order is { "product", "coupon" }, with "currency" if one is chosen, all text, and nothing else',
    notFree: (title: string) => `${title} is not free with this coupon`,
    nothingToPay: (title: string) =>
      `${title} is free with this coupon: send { "product", "coupon" } to /orders instead`,
    alreadyYours: (title: string, path: string) => `You already own ${title}: ${path}`,
    paidBefore: (title: string, path: string) =>
      `An earlier payment of yours for ${title} has arrived, so nothing was ordered this time. To order it once more, try again: ${path}`,
    nothingAt: (path: string) => `There is nothing at ${path}`,
    noProduct: (slug: string) => `There is no product called ${slug}`,
    noProblem: (code: string) => `There is no problem called ${code}`,
    noPicture: (name: string) => `There is no picture called ${name}`,
    faulty: (slug: string) => `The file of ${slug} has an error`,
    fileMissing: (name: string) => `The file of ${name} is missing`,
    fileMoved: () => 'The file has just been moved away',
    noFile: (title: string) => `${title} is read on its page; it has no file`,
    forSale: (title: string, path: string) => `${title} is for sale at ${path}`,
    noOrder: () => 'The shop has no order with this id',
    noPayment: () => 'The order has no such payment',
    noHolder: () => 'This buyer doesn’t have the order',
    noRevocation: () => 'The order has no such revocation',
    noIntentOfOrder: () => 'The order has no such intent',
    noOrphan: () => 'The shop has no orphaned event with this digest whose amount and currency it knows',
    noEventOfOrder: () => 'The order has no such mismatched event',
    nothingLeft: () => 'Nothing is left of this payment',
    revokedMeanwhile: () => 'This access was revoked already',
    restoredMeanwhile: () => 'This access was restored already',
    nothingToDeny: () => 'Code does not call this order paid, or it is paid by now',
    paidMeanwhile: () => 'The order has no unpaid intent that the money could be for',
    eventUsed: () => 'The event already stands for a payment',
    orphanHasOrder: () => 'The shop has the order of this event again. Judge the event again on its page',
    nothingToOpen: () => 'This buyer has nothing that is paid and not revoked, so a link would open nothing',
    linkNeedsPayment: () => 'The order isn’t paid, so a link would open nothing',
    linkNeedsAccess: () => 'Access to the order is revoked, so a link would open nothing. Restore it first',
    linkToEnded: () => 'The pass is over, so a link would open nothing',
    notHeld: () => 'This browser has no such order',
    noSuchPart: () => 'The list of purchases has no such page',
    orderFilter: {
      search: '"search" is the beginning of an id: letters, digits, - and _',
      state: (states: readonly string[]) => `"state" is one of ${states.join(', ')}`,
      product: '"product" is the slug of a product, like how-it-works',
      currency: '"currency" is a code of three letters, like usd',
      from: '"from" is a day, like 2026-02-28',
      to: '"to" is a day, like 2026-02-28, and not before "from"',
      min: '"min" is an amount with at most two decimals, like 0.25, or like 1.500 if "currency" is one with three',
      max: '"max" is an amount with at most two decimals, like 0.25, or like 1.500 if "currency" is one with three, and not less than "min"',
      after: 'The list of orders has no such page',
    },
    tooManyStreams: (most: number) =>
      `At most ${most} pages of the desk get new orders at once. This one can be loaded again`,
    picturesAtOnce: (most: number) => `At most ${most} requests wait for pictures of titles at once`,
    tooManyWrong: (most: number) => `At most ${most} wrong tokens and links wait for their answers at once`,
    orderFilterUnknown: () =>
      'Orders are filtered by "search", "state", "product", "currency", "from", "to", "min" and "max", each given once',
    cookieMissing: () => 'The browser didn’t send the cookie that this shop’s pages set',
    orderForm: () =>
      'An order is { "product": "<slug>" }, with "currency" if there are several, with "hundredths" if the buyer chooses the amount, with "coupon" for the code of one, with "unlessPaid" for an intent that may have been paid since, and nothing else, since prices are the shop’s own',
    redemptionForm: () => 'A redemption is { "intent", "code" }, both text, and nothing else',
    redemptionCodeForm: () => 'A redemption code is 32 hexadecimal digits',
    redemptionOfAnother: () => 'The code does not belong to this order',
    redemptionUsed: () =>
      'The link has been used in as many browsers as it was made for, is more than a day old, or was ended by the merchant',
    callsEnded: () => 'The merchant has ended the access to the calls that were bought here',
    orderEnded: (title: string) =>
      `The order of ${title} in “unlessPaid” is paid, but the merchant has ended its access, so nothing was ordered`,
    accessEnded: () => 'The merchant has ended the access that this link would give',
    languageForm: () => 'The pages have buttons for the languages that they can be read in',
    intentForm: () => 'An intent’s id is the base58 text of 32 bytes',
    bodyForm: (type: string, fault: string) => `The body is not valid ${type}: ${fault}`,
    bodyCompressed: (encoding: string) =>
      `The body has the Content-Encoding ${encoding}, and must not be compressed`,
    bodyType: (types: readonly string[], given: string) =>
      `This address accepts ${types.join(' or ')} in UTF-8, not ${given}`,
    noType: 'no type at all',
    bodyLarge: (largest: number) => `This address accepts at most ${largest} bytes`,
    bodyIncomplete: () => 'The request ended before its body was complete',
    noMetricsToken: () =>
      'The request needs the header “Authorization: Bearer”, with the shop’s METRICS_TOKEN or EXPORT_TOKEN',
    method: (path: string, methods: readonly string[], given: string) =>
      `${path} supports ${methods.join(' and ')}, not ${given}`,
    exportsRunning: (most: number) =>
      `At most ${most} exports can run at the same time. Wait until another one is done`,
    exportSearch: () =>
      'Too many ids begin like this to export all their orders. Search for a longer beginning',
    wrongCodes: (perMinute: number) =>
      `From one address, at most ${digits(perMinute)} coupon codes that can’t be used may be tried in a minute. Continue without a coupon, or try again in a minute`,
    rate: (perMinute: number, what: 'address' | 'browser') =>
      `Requests from one ${what} are limited to ${digits(perMinute)} a minute`,
    crossSite: (site: string) =>
      `The browser reports a ${site} request, and only same-origin requests may change something`,
    otherOrigin: (origin: string, origins: readonly string[]) =>
      `The request comes from ${origin}, and the shop’s own pages are at ${origins.join(', ')}`,
    ordersAtOnce: () =>
      'Other pages of this browser ordered something else at the same time, again and again',
    codeSilent: (ms: number) => `Code did not answer within ${digits(ms)} ms. Try again`,
    codeSlow: (ms: number) => `Code took more than ${digits(ms)} ms. Try again`,
    codeBroken: () => 'Code could not be reached, or sent an invalid response. Try again',
    codeEmpty: () => 'Code sent an empty response and does not have the payment request. Try again',
    codePaused: () => 'Code has failed several times in a row. Try again in a few seconds',
    codeRefused: () => 'Code rejected the payment request. The shop’s log has the reason',
    codeForgot: () => 'Code accepted the payment request, but then did not have it',
    paymentUnproven: () =>
      'Code says that an intent of this order was paid, but the shop could not confirm the payment',
    codeHasOthers: () => 'For each intent that was tried, Code already has other details',
    priceRefused: () => 'Code does not accept this price at the moment',
    notSigned: () => 'The event is not signed with the sequencer’s key',
    notOneJws: () => 'The body is not one compact JWS with an Ed25519 signature, as Code sends it',
    jwsExtensions: (names: readonly string[]) => `The header asks for extensions (${names}); Code uses none`,
    jwsAmbiguous: () => 'The signed content is not JSON that can be read in one way only',
    database: () => 'The database is unavailable',
    databaseReason: (reason: string) => `The database is unavailable: ${reason}`,
    http: (status: string, fault: unknown) => `${status}: ${fault}`,
    unexpected: (reference: string) => `Unexpected error. If you report it, quote reference ${reference}`,
  },

  /** By error code: a headline without a full stop, and sentences that a buyer understands without it */
  problems: {
    'access-ended': {
      title: 'The merchant has ended this access',
      explanation:
        'What was bought can’t be used any more, and a new link wouldn’t change that. If you have questions, contact the merchant.',
    },
    'already-yours': {
      title: 'You already own this',
      explanation: 'This browser already has the product. Open its page, or see My purchases.',
    },
    'amount-unpayable': {
      title: 'Code doesn’t accept this price',
      explanation:
        'The price is currently outside the limits that Code sets. Try again later, or contact the merchant, who can change the price.',
    },
    'body-too-large': {
      title: 'The request is too large',
      explanation: 'Each address accepts only as much data as it needs. Nothing was stored.',
    },
    'cookies-blocked': {
      title: 'This browser doesn’t keep cookies',
      explanation:
        'This browser doesn’t keep cookies, so it would lose what you buy. You haven’t been charged, and a link from your wallet still works. Allow cookies for this shop and reload its page, or open it in another browser.',
    },
    'coupon-unusable': {
      title: 'This coupon can’t be used here',
      explanation:
        'You haven’t been charged. The code may be mistyped, expired, used up, reserved at the moment (for other buyers, or by another order of yours that isn’t paid yet), or meant for something else. Check it, try again later, or continue without it.',
    },
    'desk-link-spent': {
      title: 'This link no longer works',
      explanation:
        'A link to the desk works once, for ten minutes. If ADMIN_TOKEN is set, npm run desk makes a new one. Otherwise, restart the shop: it prints one in its terminal.',
    },
    'event-closed': {
      title: 'Nothing is left to do about this event',
      explanation:
        'It was dismissed, honoured or applied meanwhile. Nothing was done just now. Look at the event as it is.',
    },
    'event-malformed': {
      title: 'Not a signed event',
      explanation:
        'The webhook accepts exactly one compact JWS, as Code sends it: three base64url parts, without padding or white space.',
    },
    'event-not-trusted': {
      title: 'Not signed by Code',
      explanation:
        'The signature doesn’t match any configured key, so the event was rejected. Check CODE_PUBLIC_KEY and CODE_MODE. If neither is set, restart the shop: it fetches the key of a separate sandbox when it starts, and the sandbox may have another one since.',
    },
    'file-changed': {
      title: 'The file has changed',
      explanation:
        'The download was interrupted, and the file has changed since. Restart the download to get the current version.',
    },
    'form-spent': {
      title: 'This form was already sent',
      explanation:
        'Each form works once, so that nothing happens twice. Reload the page that it is on to see what was done and to get a new form.',
    },
    'intent-malformed': {
      title: 'Not a valid order number',
      explanation:
        'An order is identified by its own number or by the id of its intent, which is 32 bytes in base58. Check that you copied the whole address, and nothing else.',
    },
    'intent-refused': {
      title: 'Code rejected the payment request',
      explanation:
        'Code rejected the payment request. Try again in a moment. If the problem persists, please contact the merchant, who can find the reason in the shop’s log. It is often the deposit address.',
    },
    'media-type-unsupported': {
      title: 'Unsupported content type',
      explanation:
        'This address doesn’t accept the Content-Type or Content-Encoding of the request. Compressed bodies are never accepted.',
    },
    'method-not-allowed': {
      title: 'Method not allowed',
      explanation:
        'This address exists but doesn’t support the HTTP method. The Allow header lists the methods that it supports.',
    },
    'metrics-closed': {
      title: 'Metrics need a token',
      explanation:
        'Programs read the shop’s figures with a token that the merchant gives them: its METRICS_TOKEN or EXPORT_TOKEN.',
    },
    'no-longer-free': {
      title: 'This isn’t free any more',
      explanation:
        'The price or the coupon has changed. You haven’t been charged. Open the product’s page to see what it costs now.',
    },
    'nothing-to-pay': {
      title: 'This costs nothing',
      explanation: 'With this coupon the product is free, so no payment is needed. Get it on its page.',
    },
    'order-changed': {
      title: 'This can’t be done with the order now',
      explanation:
        'The order isn’t as this action needs it. Somebody, or a payment, may have changed it after you opened the form, or its last day is over. Nothing was done. Look at the order as it is now.',
    },
    'order-not-found': {
      title: 'No such order in this browser',
      explanation:
        'An order is shown only in a browser that placed or redeemed it. Open it there, or use the address that your wallet opened after you paid.',
    },
    'page-not-found': {
      title: 'Page not found',
      explanation: 'There is no page at this address. The storefront shows everything that is for sale.',
    },
    'call-differs': {
      title: 'This idempotency key belongs to another request',
      explanation:
        'An idempotency key makes a request known when it is sent again, so that it isn’t counted twice. This one came with another request before. Nothing was counted: send a new key with a new request.',
    },
    'calls-needed': {
      title: 'This costs a call',
      explanation:
        'No call is left here. Nothing was counted. Programs find in “offers” what they can buy, and how; if there is none, the shop sells no calls at the moment.',
    },
    'key-differs': {
      title: 'The key is another one by now',
      explanation:
        'The request named one key, and that one has been replaced or ended since. Nothing was changed. Send the SHA-256 of the current key in “replaces”, an empty text if there is none, or leave that out to mean any.',
    },
    'key-unknown': {
      title: 'This key isn’t known',
      explanation:
        'It is wrong, or its owner has replaced or ended it. Nothing was counted. A new one is made at /api-keys, in the browser, or with the cookie, with which the calls were bought.',
    },
    'payment-required': {
      title: 'This is for sale',
      explanation:
        'The file opens in a browser that has bought or redeemed it. The product’s page shows the price and how to pay.',
    },
    'payment-unproven': {
      title: 'An earlier payment isn’t confirmed yet',
      explanation:
        'Code says that this has already been paid for, but the shop couldn’t confirm that payment. Please contact the merchant, who can find it and give you your purchase.',
    },
    'product-not-found': {
      title: 'This product is not for sale',
      explanation:
        'The product may have been renamed or withdrawn from sale. The storefront shows everything that is for sale.',
    },
    'product-unavailable': {
      title: 'This product is temporarily unavailable',
      explanation:
        'A file of this product is missing or has an error at the moment, so it isn’t for sale until that is fixed. If you have paid for it, it’s yours: open it again later, or contact the merchant.',
    },
    'product-withdrawn': {
      title: 'This product is no longer for sale',
      explanation:
        'The merchant has stopped selling it. You haven’t been charged. If you bought it before, it’s still yours: open it in the browser in which you bought it.',
    },
    'range-unsatisfiable': {
      title: 'No such part of the file',
      explanation: 'The requested range starts beyond the end of the file. Restart the download.',
    },
    'redemption-spent': {
      title: 'This link has expired',
      explanation:
        'A link from a wallet works for one day after the payment, in three browsers besides the one you ordered in. A link from the merchant works for one day, in one browser. Open your purchase in a browser that already has it, or ask the merchant for a new link.',
    },
    'redemption-unknown': {
      title: 'This link is not valid',
      explanation:
        'The redemption code doesn’t belong to this order. Check that you copied the whole address.',
    },
    'refund-too-large': {
      title: 'That is more than is left',
      explanation:
        'A payment can be refunded in parts, but not for more than was paid. Nothing was recorded. The order shows its refunds.',
    },
    'request-foreign': {
      title: 'The request came from another site',
      explanation:
        'The shop accepts orders and redemptions only from its own pages. Open the shop at its own address and try again. If this is that address, the merchant should check PUBLIC_URL.',
    },
    'request-invalid': {
      title: 'The request is invalid',
      explanation:
        'A field, a parameter or a header of the request is missing, unknown or malformed. Correct it, then send the request again.',
    },
    'sequencer-down': {
      title: 'Code is not responding',
      explanation:
        'Code has failed several times in a row, so the shop is waiting a few seconds before trying again. Your purchases are still available.',
    },
    'sequencer-failed': {
      title: 'Code couldn’t process the payment request',
      explanation:
        'Code sent an invalid response, or none at all. If the problem persists, please contact the merchant.',
    },
    'sequencer-silent': {
      title: 'Code did not respond in time',
      explanation:
        'Code did not respond in time. If your order was already stored, the shop reuses its payment request, so you can’t be charged twice.',
    },
    'shop-busy': {
      title: 'The shop is busy',
      explanation: 'Too many requests of this kind are waiting already, so this one wasn’t accepted.',
    },
    'sign-in-required': {
      title: 'Sign in first',
      explanation: 'Only the merchant can see this page. Sign in to the desk, then open the page again.',
    },
    'storage-unavailable': {
      title: 'The shop is temporarily unavailable',
      explanation:
        'The shop’s database is busy, full or unreachable. Payments that were already made are not lost.',
    },
    'token-wrong': {
      title: 'Wrong token',
      explanation: 'The desk opens with the shop’s ADMIN_TOKEN, or with a link that npm run desk makes.',
    },
    'too-many-requests': {
      title: 'Too many requests',
      explanation: 'There were too many requests within a short time.',
    },
    unexpected: {
      title: 'Something went wrong in the shop',
      explanation:
        'Something unexpected went wrong in the shop. Try again in a moment. If the problem persists, please contact the merchant, who can find it in the log by its reference.',
    },
  },
}
