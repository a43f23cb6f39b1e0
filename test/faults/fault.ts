/** What was measured, for the table and `--json`. */
export type Facts = Record<string, string | number>

/** Something that goes wrong, and what must hold nevertheless. */
export interface Fault {
  /** As it is chosen on the command line */
  name: string
  /** What the shop survives, in a sentence */
  survives: string
  /** Most of its time is waiting: in the quick form, it runs beside others */
  waits?: boolean
  /** It counts milliseconds: nothing runs beside it */
  alone?: boolean
  /** Brings it about. What does not hold is told to `bench.check`; what was measured is the answer. */
  run(bench: Bench): Promise<Facts>
}

/** What a fault works with. */
export interface Bench {
  /** The quick form, for CI */
  short: boolean
  random: Random
  /** Tells of progress */
  say(text: string): void
  /** Remembers a sentence that does not hold; the others go on */
  check(holds: boolean, sentence: string): void
  /** Undoes something after the fault, last first */
  later(undo: () => unknown): void
  /** An empty folder, gone afterwards */
  folder(): string
}

/** Random choices that can be made again from the same seed. */
export interface Random {
  /** From 0 up to, not including, 1 */
  fraction(): number
  /** A whole number from `low` to `high`, both included */
  between(low: number, high: number): number
  pick<T>(list: readonly T[]): T
}

/** mulberry32: small, and good enough to choose moments by. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1))
  return {
    fraction,
    between,
    pick<T>(list: readonly T[]): T {
      return list[between(0, list.length - 1)] as T
    },
  }
}
