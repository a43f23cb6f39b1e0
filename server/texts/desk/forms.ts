/** What the forms of several pages say. */
export const forms = {
  reasonMissing: 'Enter a reason.',
  amountUnclear: 'Enter an amount of at least 0.01, with at most two decimals, like 0.25.',
}
