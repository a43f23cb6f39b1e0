/** How a row is measured. */
export interface Settings {
  /** Only to see that it works: little data, few rounds */
  short: boolean
  rounds: number
  progress(text: string): void
}
