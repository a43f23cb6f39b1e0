/** What all pages of the desk have. */
export const layout = {
  name: 'Desk',
  /** Before the title of a page whose form was filled in wrongly */
  faulty: 'Error: ',
  sections: [
    { key: 'overview', href: '/desk', name: 'Overview' },
    { key: 'orders', href: '/desk/orders', name: 'Orders' },
    { key: 'events', href: '/desk/events', name: 'Events' },
    { key: 'products', href: '/desk/products', name: 'Products' },
    { key: 'coupons', href: '/desk/coupons', name: 'Coupons' },
    { key: 'buyers', href: '/desk/buyers', name: 'Buyers' },
    { key: 'alerts', href: '/desk/alerts', name: 'Alerts' },
    { key: 'checks', href: '/desk/checks', name: 'Checks' },
    { key: 'audit-log', href: '/desk/audit-log', name: 'Audit log' },
  ],
  navigation: 'Desk',
  account: 'Account',
  sessions: 'Signed-in browsers',
  signOut: 'Sign out',
  storefront: 'Storefront',
  times: (timeZone: string) => `All times are in ${timeZone}.`,
  toDesk: 'Back to the desk',
  back: 'See how it is now',
}
