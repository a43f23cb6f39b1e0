/** Something that happened, for the log: `what` in a few words, and its details. */
export type SandboxEvent = { what: string } & Record<string, unknown>

export type Report = (event: SandboxEvent) => void

/** Sentences that say how to allow what is refused. Where one is left out, nothing is said about it. */
export interface Remedies {
  /** A request under another host name */
  host?: string
  /** A webhook to somewhere else */
  webhook?: string
  /** A return to somebody else's pages */
  shop?: string
}

export interface Clock {
  now(): number
}
