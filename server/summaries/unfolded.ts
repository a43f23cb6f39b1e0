import {
  idsFrom,
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
export function findUnfoldedQuarters({ marks, ranges }: SummaryState): Set<number> {
  const unfolded = new Set(marks.keys())
  for (const { from, to } of ranges.filter(isClosed))
    for (let quarter = quarterOf(from); quarter <= quarterOf(to); quarter++) unfolded.add(quarter)
  return unfolded
}

/** Whether a range doesn't go on for ever: it is of a time that is folded anew. */
export function isClosed({ to }: SummaryRange): boolean {
  return to !== OPEN_END
}

/** The ids of a time whose rows are not in the summaries, or not to be found there now. */
export function rangesToRead(
  { ranges }: SummaryState,
  unfolded: ReadonlySet<number>,
  whole: Span,
): SummaryRange[] {
  const [first, end] = [whole.fromQuarter, whole.toQuarter].map((quarter) => idsFrom(quarter * QUARTER_MS))
  const open = ranges.filter((range) => !isClosed(range))
  const anew = spansOf([...unfolded].filter((quarter) => contains(whole, quarter)))
  return open.flatMap(({ source, from }) => [
    ...anew.map((span) => ({
      source,
      from: idsFrom(span.fromQuarter * QUARTER_MS),
      to: lesser(idsFrom(span.toQuarter * QUARTER_MS), from),
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

/** Returns the spans that quarter hours make, none longer than `longest`. */
export function spansOf(quarters: Iterable<number>, longest = Number.POSITIVE_INFINITY): Span[] {
  const sorted = [...quarters].sort((one, other) => one - other)
  return joined(
    sorted.map((quarter) => ({ fromQuarter: quarter, toQuarter: quarter + 1 })),
    longest,
  )
}

/** Joins spans of which one begins where another ends. */
function joined(spans: readonly Span[], longest = Number.POSITIVE_INFINITY): Span[] {
  const runs: Span[] = []
  for (const { fromQuarter, toQuarter } of spans) {
    const last = runs.at(-1)
    if (last?.toQuarter === fromQuarter && toQuarter - last.fromQuarter <= longest) last.toQuarter = toQuarter
    else runs.push({ fromQuarter, toQuarter })
  }
  return runs
}
