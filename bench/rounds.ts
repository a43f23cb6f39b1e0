/** The outcome of a run of the bench. */
export interface Report {
  results: object[]
  text: string
  /** Whether everything is as fast as it must be */
  isReached: boolean
}

/** One figure of the report, as a ratio of two things measured in turn, or as a plain number. */
export interface Measure {
  measure: string
  /** What was compared with what */
  compared: string
  unit: string
  median: number
  least: number
  most: number
  rounds: number
  must: Bound
  aim?: Bound
  /** The medians behind the ratio, and whatever else helps to understand it */
  figures: Record<string, number | string>
}

/** `['≥', 1.6]` */
export type Bound = readonly ['≥' | '≤', number]

/**
 * Runs the sides by turns, after a warm-up round in which code is compiled and caches fill. So whatever disturbs the machine
 * for a while disturbs each of them. The order changes from round to round, since a side may suffer from what the one before
 * it left behind, such as pages to be written. Returns the results of each side, in the order of the rounds.
 */
export async function inTurn<Name extends string, T>(
  rounds: number,
  progress: (text: string) => void,
  sides: Record<Name, () => Promise<T>>,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(sides) as Name[]
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>
  for (let round = 0; round <= rounds; round++) {
    for (const name of orderOf(names, round)) {
      progress(round === 0 ? `warming up: ${name}` : `round ${round} of ${rounds}: ${name}`)
      const result = await sides[name]()
      if (round > 0) results[name].push(result)
    }
  }
  return results
}

/** Two sides run A B, B A, B A, A B in four rounds; three sides in each of their six orders in six rounds. */
function orderOf<Name>(names: readonly Name[], round: number): readonly Name[] {
  const first = Math.floor(round / 2) % names.length
  const rotated = [...names.slice(first), ...names.slice(0, first)]
  return round % 2 === 0 ? rotated : rotated.reverse()
}

/** Returns a function that makes something for the side of a round that comes first, and gives the same to the others. */
export function sharedBy<T>(sides: number, make: () => Promise<T>): () => Promise<T> {
  let calls = 0
  let made: Promise<T>
  return () => {
    if (calls++ % sides === 0) made = make()
    return made
  }
}

/** Divides one figure round by round, so that neighbours in time are compared. Returns the median and the spread. */
export function ratio<Figure extends string>(
  ours: readonly Record<Figure, number>[],
  theirs: readonly Record<Figure, number>[],
  figure: Figure,
) {
  return spread(ours.map((one, round) => one[figure] / (theirs[round]?.[figure] ?? Number.NaN)))
}

/** Returns the median of one figure, to three significant digits. */
export function typical<Figure extends string>(
  results: readonly Record<Figure, number>[],
  figure: Figure,
): number {
  const median = quantile(
    results.map((result) => result[figure]),
    0.5,
  )
  return Number(median.toPrecision(3))
}

export function spread(values: readonly number[]) {
  return {
    median: quantile(values, 0.5),
    least: Math.min(...values),
    most: Math.max(...values),
    rounds: values.length,
  }
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  const at = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number]
  return low + (high - low) * (at % 1)
}

export function isReached({ median }: Pick<Measure, 'median'>, [sign, limit]: Bound): boolean {
  return sign === '≥' ? median >= limit : median <= limit
}
