/** The sample products, by their slugs, with the files that belong to them. */
export const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  'how-this-shop-works': ['pictures/how-this-shop-works.webp'],
  'seven-rules-for-payment-webhooks': ['pictures/seven-rules.webp'],
  'tea-for-the-author': [],
  'thirty-days-of-payments': [],
  'webhook-test-cases': ['pictures/test-cases.webp', 'files/webhook-test-cases.csv'],
}
