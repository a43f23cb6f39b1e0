/** The coupons and their uses, at the merchant's desk. */
export const coupons = {
  title: 'Coupons',
  lead: (path: string) => `What the file ${path} says, and how often each was used.`,
  none: 'There are no coupons. They are written into the file coupons.yaml in the catalogue’s folder; docs/coupons.md shows how.',
  faults: 'The file has errors',
  faultsLead: 'The last good version of the coupons stays in use. The next start would fail.',
  columns: {
    code: 'Code',
    off: 'Takes off',
    goods: 'For',
    when: 'When',
    taken: 'Used',
    reserved: 'Reserved',
    over: 'Over',
  },
  everything: 'everything',
  products: (slugs: readonly string[]) => slugs.join(', '),
  tags: (tags: readonly string[]) => `tags ${tags.join(', ')}`,
  always: 'always',
  from: (day: string) => `from ${day}`,
  until: (day: string) => `until ${day}`,
  fromUntil: (from: string, until: string) => `${from} to ${until}`,
  of: (taken: string, uses: number) => `${taken} of ${uses}`,
  atLeast: (count: number) => `more than ${count}`,
  states: {
    early: 'Not yet',
    ended: 'Ended',
    usedUp: 'Used up',
    removed: 'Not in the file',
  },
  reservedLead:
    'A use is reserved for an hour while a buyer is paying. Over are orders whose money came late, when no use was left: they were honoured, and not counted.',
  orders: {
    title: (code: string) => `Coupon ${code}`,
    heading: 'The newest orders',
    over: 'Orders over the limit',
    overLead:
      'The money came after the hour in which the use was reserved, and no other use was left. The buyers have what they paid for.',
    none: 'No order has been paid with this coupon.',
    columns: { order: 'Order', paid: 'Paid', list: 'List price', price: 'Charged' },
    isOver: 'Over',
  },
}
