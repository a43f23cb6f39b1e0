/** How a row is measured. */
export interface Settings {
  /** Only checks that it works, with little data and few rounds */
  short: boolean
  rounds: number
  progress(text: string): void
}
