import type { Value } from '../engines/driver.ts'

/** Returns a column that may be NULL as text, or undefined. */
export function textOf(value: Value | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value)
}

/** Returns a column that may be NULL as a number, or undefined. PostgreSQL returns sums and counts as text. */
export function numberOf(value: Value | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value)
}
