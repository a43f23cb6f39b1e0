/** Orders of buyers who knew the shop by an address that it doesn't have any more. */
export const addresses = {
  title: 'Earlier addresses',
  lead: (url: string) =>
    `The shop is at ${url} now. Browsers keep what was bought at another address to that address, so these buyers are strangers here. A link gives them back what they bought.`,
  unknown:
    'In sandbox mode, the shop can’t tell at which address an order was placed: the sandbox in it delivers all webhooks on this machine. With real money, the orders of earlier addresses are listed here.',
  paid: 'Paid in the last 30 days',
  nobody: 'Nobody has paid at another address in the last 30 days.',
  open: 'Not paid yet',
  openLead:
    'Code would report these payments to an earlier address. The shop polls Code for them instead, so a payment still counts.',
  noneOpen: 'No open order belongs to another address.',
  more: (shown: number) => `Only ${shown} of each are shown.`,
  columns: { when: 'When', product: 'Product', address: 'Address', amount: 'Amount', help: 'For the buyer' },
  link: 'Issue a link',
  anotherLink: 'Issue another link',
  linkOf: (link: string, title: string) => `${link}: ${title}`,
}
