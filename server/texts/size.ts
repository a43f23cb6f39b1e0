import { once } from '../once.ts'

// Made when they are needed: see plural.ts.
const UNITS = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
  ['byte', 1],
] as const

/** Says how large a file is: 1200 → `1.2 kB`. */
export function sizeIn(language: string): (bytes: number) => string {
  const units = UNITS.map(([unit, from]) => ({
    from,
    format: once(
      () =>
        new Intl.NumberFormat(language, {
          style: 'unit',
          unit,
          unitDisplay: unit === 'byte' ? 'long' : 'short', // the short form of English is `2 byte`
          maximumSignificantDigits: 2,
        }),
    ),
  }))
  return (bytes) => {
    const { format, from } =
      units.find((one) => bytes >= one.from) ?? (units.at(-1) as (typeof units)[number])
    return format().format(bytes / from)
  }
}
