/** Something that happened to an order. */
export interface Moment {
  at: number
  title: string
  details?: readonly string[]
  /** Whether it is what the merchant hopes for, or something to look at */
  tone?: 'good' | 'bad' | 'plain'
  href?: string
}
