import { once } from '../../once.ts'

interface Counted {
  open: number
  /** Whether there are no more */
  isAll: boolean
}

const counts = once(() => new Intl.NumberFormat('en'))

/** "1 order", "1,200 orders", "More than 5,000 orders" */
function some({ open, isAll }: Counted, one: string, many: string): string {
  if (!isAll) return `More than ${counts().format(open)} ${many}`
  return `${counts().format(open)} ${open === 1 ? one : many}`
}

/** What errors in the product files mean for so many products that have no version without one. */
function untilFixed(offSale: number): string {
  if (offSale === 0) return 'products stay as they were'
  return `${some(exactly(offSale), 'product isn’t', 'products aren’t')} for sale`
}

const exactly = (open: number) => ({ open, isAll: true })

/** What came lately, and what needs the merchant now. */
export const overview = {
  title: 'Overview',
  attention: {
    title: 'Needs your attention',
    nothing: 'Nothing needs your attention now.',
    down: {
      text: 'Code isn’t answering. Nobody can pay until it does; the shop keeps trying.',
      href: '/problems/sequencer-down',
      link: 'What buyers see',
    },
    checks: (found: number) => ({
      text: `${some(exactly(found), 'thing', 'things')} on which real payments depend ${found === 1 ? 'was' : 'were'} broken at the last check.`,
      href: '/desk/checks',
      link: 'See what to do',
    }),
    disk: ({ free, share }: { free: string; share: string }) => ({
      text: `The disk that holds the database is almost full: ${free} (${share}) are left. When it is full, nothing can be sold.`,
      href: '/problems/storage-unavailable',
      link: 'What happens then',
    }),
    mismatched: (found: Counted) => ({
      text: `${some(found, 'payment that Code reported doesn’t match', 'payments that Code reported don’t match')} what the shop has recorded, so ${found.open === 1 ? 'it' : 'they'} changed nothing.`,
      href: '/desk/events?verdict=mismatched',
      link: 'Compare and decide',
    }),
    orphaned: (found: Counted) => ({
      text: `${some(found, 'payment', 'payments')} reached you without an order that the shop knows.`,
      href: '/desk/events?verdict=orphaned',
      link: 'Decide what to do',
    }),
    submitted: (found: number, newest: string) => ({
      text: `Code calls ${some(exactly(found), 'order', 'orders')} paid, but nothing proves what was paid, so nothing was handed out for ${found === 1 ? 'it' : 'them'}.`,
      href: `/desk/orders/${newest}`,
      link: found === 1 ? 'See the order' : 'See the newest',
    }),
    paidTwice: (found: number) => ({
      text: `${some(exactly(found), 'order was', 'orders were')} paid twice in the last 7 days. Refund one payment, or keep both.`,
      href: '/desk/orders?state=paid-twice',
      link: 'See the orders',
    }),
    alerts: {
      text: 'Some alerts could not be delivered to your webhook for a day.',
      href: '/desk/alerts',
      link: 'See why',
    },
    noBackup: {
      text: 'There is no recent backup. If the disk fails, what was paid since the last one is gone.',
      href: '#backup',
      link: 'When it was made',
    },
    missedBackups: {
      text: 'The shop hasn’t made the last backups that BACKUP_EVERY asks for. If this stays, its log says why.',
      href: '#backup',
      link: 'When the last one was made',
    },
    identityFaults: (found: number) => ({
      text: `${some(exactly(found), 'error is', 'errors are')} in shop.yaml or your own pages. The shop’s name, look and pages stay as they were, but the next start would fail.`,
      href: '/desk/products',
      link: 'See file and line',
    }),
    couponFaults: (found: number) => ({
      text: `${some(exactly(found), 'error is', 'errors are')} in coupons.yaml. The coupons stay as they were, but the next start would fail.`,
      href: '/desk/coupons',
      link: 'See the line',
    }),
    faults: (found: number, offSale: number) => ({
      text: `${some(exactly(found), 'product file has an error', 'errors are in the product files')}. Until ${found === 1 ? 'it is' : 'they are'} fixed, ${untilFixed(offSale)}.`,
      href: '/desk/products',
      link: 'See file and line',
    }),
    refused: (found: number) => ({
      text: `Code rejected the payment request of ${some(exactly(found), 'order', 'orders')} in the last 24 hours.`,
      href: '/desk/orders?state=offered',
      link: 'See the orders',
    }),
    noWebhook: {
      text: 'Code can’t report payments to the shop, because PUBLIC_URL isn’t set. The shop finds them by polling: within seconds while the buyer waits on the page, otherwise up to 30 seconds later.',
      href: '/desk/checks',
      link: 'See the checks',
    },
    trial: {
      text: 'The shop is at a temporary address, which is for trying and not for selling: when the tunnel starts again, it has another one, and what buyers have bought stays behind with the old one.',
      href: '/desk/addresses',
      link: 'See who was left behind',
    },
    moved: {
      text: 'Buyers have paid at an address that the shop doesn’t have any more, and can’t open their purchases at this one.',
      href: '/desk/addresses',
      link: 'See them, and issue links',
    },
    unregistered: (found: number) => ({
      text: `Code didn’t take the webhook of ${some(exactly(found), 'order', 'orders')} in the last 24 hours. The shop polls Code for ${found === 1 ? 'its' : 'their'} status instead.`,
      href: '/desk/orders',
      link: 'See the orders',
    }),
    polled: (found: number) => ({
      text: `${some(exactly(found), 'payment', 'payments')} of the last 24 hours came without a webhook, and the shop found ${found === 1 ? 'it' : 'them'} by polling Code. Check that Code can reach the shop’s webhook.`,
      href: '/desk/orders?state=paid',
      link: 'See the orders',
    }),
  },
  backup: {
    title: 'Backup',
    last: 'The last backup was made on ',
    never: 'No backup has been made yet.',
    how: 'To make one now, run npm run backup. With BACKUP_EVERY=1d, the shop makes one every day.',
    howElse: 'The shop makes them by itself, as BACKUP_EVERY says. To make one now, run npm run backup.',
  },
  behind:
    'Not all payments are counted yet: the shop is still adding them up. Reload this page in a few minutes.',
  sales: 'Sales',
  payments: 'How payments arrive',
  testMoney: 'Test money',
  columns: ['Today', '7 days', '30 days'],
  figure: 'Figure',
  revenue: 'Revenue, less refunds',
  refunded: (currency: string) => `${currency} refunded`,
  orders: 'Payments and orders',
  paid: 'Payments',
  free: 'Free orders',
  ordered: 'Orders with a price',
  perOrder: 'Payments per order with a price',
  waits: 'Time from order to payment',
  median: 'Half are faster than',
  almostAll: '95% are faster than',
  messengers: 'Who told the shop first',
  messenger: { webhook: 'Code’s webhook', status: 'Code, when asked', merchant: 'You, by hand' },
  none: '–',
  duration: {
    seconds: (seconds: string) => `${seconds} s`,
    minutes: (minutes: number, seconds: number) => `${minutes} min ${seconds} s`,
    hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
  },
  accuracy: (error: string) => `The times are accurate to within ${error}.`,
  days: 'Each day begins at midnight in your time zone. The last of them is today, so far.',
  empty: {
    text: 'Nothing was paid in the last 30 days. Every payment shows here as soon as it is made. ',
    link: 'Buy something yourself',
    after: ' to see it.',
  },
  picture: {
    title: (currency: string) => `Revenue a day in ${currency}`,
    day: (date: string, revenue: string) => `${date}: ${revenue}`,
    asTable: 'Show as a table',
    date: 'Day',
    revenue: 'Revenue',
    payments: 'Payments',
  },
}
