import type { Bound } from '../rounds.ts'
import { type Comparison, isMet } from './comparison.ts'

/** Returns a table in Markdown, and below it the medians behind each row. */
export function asText(comparisons: readonly Comparison[], short: boolean): string {
  return [
    '| row | must | median of the ratios | 90 % interval | rounds | processor time per request | |',
    '|---|---|---|---|---|---|---|',
    ...comparisons.map((comparison) => asRow(comparison, short)),
    '',
    ...comparisons.map(explain),
  ].join('\n')
}

function asRow(comparison: Comparison, short: boolean): string {
  const { row, must, ratio, rounds, cpuRatio } = comparison
  const cells = [
    row,
    must ? bound(must) : '',
    times(ratio.median),
    `${times(ratio.low)} to ${times(ratio.high)}`,
    rounds,
    cpuRatio === undefined ? '' : times(cpuRatio),
    verdict(comparison, short),
  ]
  return `| ${cells.join(' | ')} |`
}

function verdict(comparison: Comparison, short: boolean): string {
  if (short) return 'means nothing'
  return { true: 'met', false: 'MISSED', undefined: '' }[`${isMet(comparison)}`]
}

function bound([sign, limit]: Bound): string {
  return `${sign} ${limit.toFixed(2)} ×`
}

function times(ratio: number): string {
  return `${ratio.toFixed(3)} ×`
}

function explain({ row, measured, figures }: Comparison): string {
  const sides = Object.entries(figures).map(([side, medians]) => {
    const values = Object.entries(medians).map(([name, value]) =>
      name === 'cpuMs' ? `${value} ms of processor time per request` : value,
    )
    return `${side}: ${values.join(', ')}`
  })
  return `${row}: ${[measured, ...sides].join('; ')}`
}
