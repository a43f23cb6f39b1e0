import { type Bound, isReached, quantile, typical } from '../rounds.ts'
import type { Builds } from './build.ts'
import { type Interval, medianWithInterval } from './interval.ts'

const CPU_TOLERANCE = 1.02

/** How a row is measured. */
export interface Settings {
  /** The full hash of the old build's commit */
  commit: string
  /** Only checks that it works, with little data and few rounds */
  short: boolean
  /** How often the servers are started anew */
  sittings: number
  /** How often each side is measured in a sitting */
  rounds: number
  progress(text: string): void
}

export type Row = (builds: Builds, settings: Settings) => Promise<Comparison[]>

export interface Description {
  row: string
  /** What was measured, and how */
  measured: string
  /** What the ratio must reach; undefined if it is only shown */
  must: Bound | undefined
}

/** Two sides that were measured in turn. */
export interface Comparison extends Description {
  rounds: number
  ratio: Interval
  /** The ratio of the processor time per request; undefined where there are no requests */
  cpuRatio: number | undefined
  /** The medians behind the ratios, by side */
  figures: Record<string, Record<string, number>>
}

/** The figures of one round by name. `cpuMs` is the server's processor time per request. */
type Round = Readonly<Record<string, number>>

/** Divides a figure of the first side by that of the second, round by round, so that neighbours in time are compared. */
export function compare(
  description: Description,
  figure: string,
  sides: Record<string, readonly Round[]>,
): Comparison {
  const [first = [], second = []] = Object.values(sides)
  const hasRequests = first.every((round) => 'cpuMs' in round)
  const shown = hasRequests ? [figure, 'cpuMs'] : [figure]
  return {
    ...description,
    rounds: first.length,
    ratio: medianWithInterval(ratios(first, second, figure)),
    cpuRatio: hasRequests ? quantile(ratios(first, second, 'cpuMs'), 0.5) : undefined,
    figures: Object.fromEntries(
      Object.entries(sides).map(([side, rounds]) => [side, medians(rounds, shown)]),
    ),
  }
}

function ratios(first: readonly Round[], second: readonly Round[], figure: string): number[] {
  return first.map((one, round) => (one[figure] as number) / (second[round]?.[figure] as number))
}

function medians(rounds: readonly Round[], figures: readonly string[]): Record<string, number> {
  return Object.fromEntries(figures.map((figure) => [figure, typical(rounds, figure)]))
}

/**
 * Returns whether the median reaches the figure, or is so close to it that the 90 % interval contains the figure while a
 * request, where there are any, takes at most 2 % more processor time. Returns undefined if there is no figure to reach.
 */
export function isMet({ must, ratio, cpuRatio = 1 }: Comparison): boolean | undefined {
  if (!must) return undefined
  const isClose = ratio.low <= must[1] && must[1] <= ratio.high
  return isReached(ratio, must) || (isClose && cpuRatio <= CPU_TOLERANCE)
}
