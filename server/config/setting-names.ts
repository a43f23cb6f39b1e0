import leven from 'leven'
import { environment } from './environment.ts'

const NAMES = Object.keys(environment.shape)
const LONG_LETTERS = 8 // shorter names resemble too many others
const TYPO_EDITS = 2

/**
 * Returns what is wrong with the name of a variable, or undefined for one of ours or of another program. A misspelled
 * CODE_MODE would open a live shop as a sandbox, which gives goods away for test money.
 */
export function describeMisspelling(name: string): string | undefined {
  if (NAMES.includes(name)) return undefined
  const meant = findMeant(name.toUpperCase())
  if (meant) return `is not a setting of the shop: did you mean ${meant}?`
  return /^CODE_/i.test(name) ? `is not a setting of the shop; .env.example lists all of them` : undefined
}

function findMeant(name: string): string | undefined {
  const [nearest] = NAMES.filter((own) => own.replaceAll('_', '').length >= LONG_LETTERS)
    .map((own) => ({ own, edits: leven(name, own) }))
    .filter(({ edits }) => edits <= TYPO_EDITS)
    .sort((one, other) => one.edits - other.edits)
  return nearest?.own
}
