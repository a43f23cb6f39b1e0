/** What the forms of several pages say. */
export const forms = {
  reasonMissing: 'Enter a reason.',
  reasonStays: 'What you write here can’t be removed later, so leave out names and other personal data.',
  amountUnclear: 'Enter an amount of at least 0.01, with at most two decimals, like 0.25.',
}
