import { countCharacters } from '../count-of.ts'
import * as z from '../zod.ts'

// What hledger and ledger read as one account: parts between colons, in which two spaces would end the name. Other
// characters have meanings at its beginning or end.
const PART = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}_.&'-]| (?! ))*(?<! )`
const ACCOUNT = new RegExp(`^${PART}(?::${PART})*$`, 'u')

/** The rule for an account of the exported journal. */
export const journalAccount = z
  .string()
  .refine((text) => countCharacters(text) <= 200, 'must have at most 200 characters')
  .regex(
    ACCOUNT,
    'must be an account of a plain-text journal, like income:sales: letters, digits and single spaces, with colons between its parts',
  )

type Variables =
  | 'JOURNAL_ASSETS_ACCOUNT'
  | 'JOURNAL_INCOME_ACCOUNT'
  | 'JOURNAL_REFUNDS_ACCOUNT'
  | 'JOURNAL_TAX_ACCOUNT'
  | 'JOURNAL_PARTNERS_ACCOUNT'

/** Derives the accounts of the exported journal. */
export function readJournalAccounts(data: Record<Variables, string>) {
  return {
    /** Where the money is that buyers pay */
    assets: data.JOURNAL_ASSETS_ACCOUNT,
    income: data.JOURNAL_INCOME_ACCOUNT,
    /** What was income and went back */
    refunds: data.JOURNAL_REFUNDS_ACCOUNT,
    /** The tax that was included in what they paid */
    tax: data.JOURNAL_TAX_ACCOUNT,
    /** What partners got of what they paid */
    partners: data.JOURNAL_PARTNERS_ACCOUNT,
  }
}
