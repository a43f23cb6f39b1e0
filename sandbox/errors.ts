import type { WalletTexts } from './texts/index.ts'

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

/** Says what was wrong to a buyer, in their language. */
export type Explain = (texts: WalletTexts, locale: string) => string

/**
 * A request that is answered with an HTTP error; `message` says what was wrong and what would be right. What a buyer can meet
 * by pressing a button has an explanation as well.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly explain: Explain | undefined
  constructor(status: number, detail: string, explain?: Explain) {
    super(detail)
    this.status = status
    this.explain = explain
  }
}
