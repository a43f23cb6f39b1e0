/** What the merchant should fix, by topic, in plain text. In sandbox mode, every page shows it. */
export type Notices = Map<'address' | 'catalogue' | 'coupons' | 'gone' | 'identity', string>
