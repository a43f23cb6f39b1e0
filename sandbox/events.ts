/** Something that happened, for a log. `what` is a few words, the rest are its facts. */
export type SandboxEvent = { what: string } & Record<string, unknown>

export type Report = (event: SandboxEvent) => void

export interface Clock {
  now(): number
}
