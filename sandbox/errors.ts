/** Something that the user has to fix before the sandbox can start. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError'
}

/** The kinds of refusals, by their names in gRPC. The JSON interface gives each of them a status of its own. */
type RefusalCode = 'InvalidArgument' | 'Unauthenticated' | 'PermissionDenied'

/** The sequencer understands the call and refuses it, in Code's words. An envelope carries it with HTTP 200. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  constructor(reason: string, code: RefusalCode = 'InvalidArgument') {
    super(reason)
    this.code = code
  }
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
