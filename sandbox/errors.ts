/** Something that the user has to fix before the sandbox can start. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError'
}

/** The sequencer understands the call and refuses it, in Code's words. Sent inside the envelope, with HTTP 200. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** A request that is answered with an HTTP error; `message` says what was wrong and what would be right. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  constructor(status: number, detail: string) {
    super(detail)
    this.status = status
  }
}
