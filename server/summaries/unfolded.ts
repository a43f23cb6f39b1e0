import {
  firstIdAt,
  OPEN_END,
  QUARTER_MS,
  quarterOf,
  type Span,
  type SummaryRange,
  type SummaryState,
} from '../../db/index.ts'

/** Whether the summaries are those of the earlier state, and no late row has come since. */
export function isSame(one: SummaryState, other: SummaryState): boolean {
  return one.version === other.version && countMarks(one) === countMarks(other)
}

function countMarks({ marks }: SummaryState): number {
  return [...marks.values()].reduce((sum, times) => sum + times, 0)
}

/** The quarter hours that are folded anew, or are to be: their rows are read, not their summaries. */
export function findUnfoldedQuarters({ marks, ranges }: SummaryState): number[] {
  const folding = ranges.filter(({ to }) => to !== OPEN_END).map(({ from }) => quarterOf(from))
  return [...new Set([...marks.keys(), ...folding])].sort((a, b) => a - b)
}

/** The ids of a time whose rows are not in the summaries, or not to be found there now. */
export function rangesToRead(
  { ranges }: SummaryState,
  unfolded: readonly number[],
  whole: Span,
): SummaryRange[] {
  const [first, end] = [whole.fromQuarter, whole.toQuarter].map((quarter) => firstIdAt(quarter * QUARTER_MS))
  const open = ranges.filter(({ to }) => to === OPEN_END)
  const anew = joined(
    unfolded
      .filter((quarter) => contains(whole, quarter))
      .map((quarter) => ({ fromQuarter: quarter, toQuarter: quarter + 1 })),
  )
  return open.flatMap(({ source, from }) => [
    ...anew.map((span) => ({
      source,
      from: firstIdAt(span.fromQuarter * QUARTER_MS),
      to: lesser(firstIdAt(span.toQuarter * QUARTER_MS), from),
    })),
    { source, from: from < (first as string) ? (first as string) : from, to: end as string },
  ])
}

/** Returns the id that comes first. */
export function lesser(one: string, other: string): string {
  return one < other ? one : other
}

/** Whether a time has this quarter hour. */
export function contains({ fromQuarter, toQuarter }: Span, quarter: number): boolean {
  return quarter >= fromQuarter && quarter < toQuarter
}

/** Joins spans of which one begins where another ends. */
export function joined(spans: readonly Span[]): Span[] {
  const runs: Span[] = []
  for (const { fromQuarter, toQuarter } of spans) {
    const last = runs.at(-1)
    if (last?.toQuarter === fromQuarter) last.toQuarter = toQuarter
    else runs.push({ fromQuarter, toQuarter })
  }
  return runs
}
