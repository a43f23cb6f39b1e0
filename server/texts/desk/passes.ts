/** The passes that run, at the merchant's desk. */
export const passes = {
  title: 'Passes',
  lead: 'Passes that run or are yet to begin, the next end first. Their buyers are reminded on the shop’s pages in the last three days.',
  none: 'No pass runs.',
  columns: {
    pass: 'Pass',
    from: 'First day',
    last: 'Last day',
    left: 'Days left',
    order: 'Order',
    buyer: 'Buyer',
  },
  waiting: 'not begun',
  renewed: 'bought again',
  pages: 'Other parts of the list',
  later: 'Later ends',
  first: 'The next ends',
  link: 'Passes that end',
}
