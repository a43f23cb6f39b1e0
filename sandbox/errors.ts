/** What the owner of the machine has to mend before the sandbox can open. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError'
}

/** The sequencer understands the message and says no, in Code's words. Travels in the envelope, with HTTP 200. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** A request that gets another HTTP status than 200; `message` says what was wrong and what would be right. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  constructor(status: number, detail: string) {
    super(detail)
    this.status = status
  }
}
