/** Something that happened, for the log: `what` in a few words, and its details. */
export type SandboxEvent = { what: string } & Record<string, unknown>

export type Report = (event: SandboxEvent) => void

export interface Clock {
  now(): number
}
