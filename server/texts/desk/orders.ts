const number = (value: number) => value.toLocaleString('en')

const countOf = (count: number) => `${number(count)} ${count === 1 ? 'order' : 'orders'}`

/** The list of orders. */
export const orders = {
  title: 'Orders',
  /** With what the filter's fields have, each under its name */
  filteredTitle: (fields: { name: string; value: string }[]) =>
    `Orders (${fields.map(({ name, value }) => `${name}: ${value}`).join(', ')})`,
  summary: {
    exactly: (count: number) => countOf(count),
    moreThan: (count: number) => `More than ${countOf(count)}`,
    among: (count: number, read: number) => `${countOf(count)} found among the newest ${number(read)}`,
    backTo: (at: string) => `Searched back to ${at}.`,
    older: 'Older orders',
    tooShort: 'Too many ids begin like this to look at all of them. Type more of the id.',
  },
  empty: {
    heading: 'No orders yet',
    why: 'An order is placed when a buyer presses the button on a product’s page. It appears here at once, paid or not.',
    sandbox: 'In sandbox mode, you can be your own first buyer. The test money costs nothing.',
    toStorefront: 'Go to the storefront',
  },
  noMatch: {
    heading: 'No order matches',
    why: 'Remove a part of the filter, or check an id that you pasted.',
    butEvent: 'The shop has no order with this intent, but Code has signed an event about it.',
    event: 'Look at the event',
    furtherBack: 'None of the orders that were searched matches. There are older ones.',
  },
  filter: {
    heading: 'Filter orders',
    search: 'Search: beginning of an order, intent, payment, refund or buyer id, or an address with one',
    state: 'State',
    anyState: 'Any state',
    product: 'Product',
    more: 'Currency, days and amount',
    currency: 'Currency',
    from: 'Ordered from',
    to: 'Ordered until',
    min: 'Amount from',
    max: 'Amount to',
    apply: 'Show',
    clear: 'Clear the filter',
    /** What is wrong with a field, by its name */
    faults: {
      search:
        'An id has letters, digits, hyphens and underscores only. Search for its beginning, or paste the address of the buyer’s page.',
      state: 'There is no such state. Choose one of the list.',
      product: 'A product’s name in its address has lower-case letters from a to z, digits and hyphens only.',
      currency: 'A currency has three letters, like usd.',
      from: 'The first day isn’t one of the calendar.',
      to: 'The last day isn’t one of the calendar, or is before the first.',
      min: 'The smallest amount isn’t one with at most two decimals, like 0.25.',
      max: 'The largest amount isn’t one with at most two decimals, like 0.25, or is below the smallest.',
    },
  },
  columns: {
    placed: 'Placed',
    order: 'Order',
    state: 'State',
    buyer: 'Buyer',
    amount: 'Amount',
  },
  refunded: (amount: string) => `${amount} refunded`,
  pages: 'Other orders',
  newest: 'Newest',
  older: 'Older',
  furtherBack: 'Search further back',
  exports: 'Export everything that matches:',
  csvHint:
    'Amounts in the CSV have a decimal point. Import it into a spreadsheet as English (USA). Payments and refunds are chosen by their own days, not by those of their orders.',
  files: {
    'orders.csv': 'Orders as CSV',
    'orders.jsonl': 'JSON lines',
    'orders.journal': 'Accounting journal',
    'transactions.csv': 'Payments and refunds as CSV',
  },
  /** {count} stands for a number */
  newSince: '{count} new since this list was loaded',
  /** {count} stands for a number */
  noLongerListed: '{count} no longer listed',
  live: 'New orders appear here by themselves.',
  notLive: 'The connection to the shop is interrupted. The page looks for new orders every 30 seconds.',
  news: (title: string, amount: string, state: string) => `${title}, ${amount}: ${state}`,
  /** {news} stands for the above */
  newsOfGone: '{news}, no longer listed',
  /** {news} stands for the first of several, {count} for the number of the others */
  newsAndMore: '{news}, and {count} more',
}
