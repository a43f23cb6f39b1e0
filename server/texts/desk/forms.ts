/** What the forms of several pages say. */
export const forms = {
  reasonMissing: 'Enter a reason.',
}
