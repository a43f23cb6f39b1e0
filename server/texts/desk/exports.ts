/** The words in exported files. Names of columns are not among them: programs read those. */
export const exports = {
  /** The comments on top of a journal */
  journalHead: (timeZone: string) => `Payments and refunds of this shop. Days are those of ${timeZone}.`,
  journalOfTestMoney: 'This is test money of the sandbox. Its commodities begin with TEST.',
  refundOf: (title: string) => `Refund: ${title}`,
}
