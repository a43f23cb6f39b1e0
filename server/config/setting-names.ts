import leven from 'leven'
import { environment } from './environment.ts'

const NAMES = Object.keys(environment.shape)
const LONG_LETTERS = 8 // shorter names resemble too many others
const TYPO_EDITS = 2
const SECRETS = /^(?:DATABASE|ALERT_WEBHOOK)_URL$|TOKEN|SECRET|PASS|KEY|DSN/

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

/** Whether a setting is a secret, by its name, so that one of the merchant's own is never shown either. */
export function isSecret(name: string): boolean {
  return SECRETS.test(name) && name !== 'CODE_PUBLIC_KEY'
}

function findMeant(name: string): string | undefined {
  const [nearest] = NAMES.filter((own) => own.replaceAll('_', '').length >= LONG_LETTERS)
    .map((own) => ({ own, edits: leven(name, own) }))
    .filter(({ edits }) => edits <= TYPO_EDITS)
    .sort((one, other) => one.edits - other.edits)
  return nearest?.own
}
