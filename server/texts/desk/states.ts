/** Where an order stands, by the names of the states in the database. */
export const states = {
  offered: 'Unpaid',
  expired: 'Expired',
  paid: 'Paid',
  free: 'Free',
  'by-hand': 'By hand',
  'partly-refunded': 'Partly refunded',
  refunded: 'Refunded',
  revoked: 'Revoked',
  'paid-twice': 'Paid twice',
}
