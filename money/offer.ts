/**
 * What POST /create-intent answers, and all that a program or a page needs to let the buyer pay. `amount` counts hundredths
 * of `currency`, for programs that know it by that name; `id` is the intent's; the success URL works in any browser.
 */
export interface Offer {
  id: string
  clientSecret: string
  amount: number
  currency: string
  destination: string
  successUrl: string
}
