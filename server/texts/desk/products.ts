/** What the catalogue holds, at the merchant's desk. */
export const products = {
  title: 'Products',
  lead: (folder: string) => `What the folder ${folder} holds, and what it has brought.`,
  none: 'Nothing is for sale yet. A product is one Markdown file in the catalogue’s folder; docs/products.md shows how to write it.',
  faults: 'Files with errors',
  faultsLead:
    'A product whose file has an error stays as it was in its last good version. If the shop has had none since it was started, or a change in another file has made that version wrong too, the product isn’t for sale.',
  offSale: 'not for sale',
  stopsStart: 'the next start would fail',
  missing: 'Missing files',
  missingLead:
    'These files are missing, empty, or can’t be read. Their products can’t be sold until they are back.',
  missingPictures: 'Missing pictures',
  missingPicturesLead:
    'These pictures are missing, can’t be read, or aren’t pictures any more. Pages lack them until they are back. Their products stay for sale.',
  columns: {
    product: 'Product',
    kind: 'Kind',
    price: 'Price',
    sold: 'Sold',
    revenue: 'Revenue',
    see: 'See it as',
  },
  from: (price: string) => `from ${price}`,
  free: (times: number) => `and ${times} for free`,
  isBehind:
    'The shop is still counting older payments, so these figures are incomplete. Look again in a few minutes.',
  unavailable: 'Its file is missing',
  nothing: 'none',
  isTest: 'All revenue is test money.',
  stranger: 'a stranger',
  strangerOf: (title: string) => `${title} as a stranger`,
  buyer: 'a buyer',
  buyerOf: (title: string) => `${title} as a buyer`,
  status: { withdrawn: 'withdrawn', draft: 'draft' },
  holders: (count: number) => `held by ${count === 1 ? '1 buyer' : `${count} buyers`}`,
  gone: 'Sold before, and not in the catalogue now',
  faulty: 'Its file has an error',
  ownBrowser:
    'This browser has bought something here. What it bought opens for it as for any buyer; to see those pages as a stranger, use a private window.',
  merchantsLook:
    'This is what a buyer sees, but in English, the desk’s language, and without their receipt. You see it as the merchant, and the audit log says so.',
  thanks: 'After the payment',
  back: 'Products',
}
