import { AsyncLocalStorage } from 'node:async_hooks'
import type { Request, RequestHandler } from 'express'
import type { Party } from '../state/index.ts'
import { type Call, readCall } from './read-call.ts'

export interface AttributedCall extends Call {
  caller: Party
}

const UNKNOWN: AttributedCall = { caller: 'browser', method: '', intent: undefined }

const current = new AsyncLocalStorage<AttributedCall>()

/** Runs `work` and remembers meanwhile who makes the call, which call it is and which intent it is about. */
export function asCall<Result>(call: AttributedCall, work: () => Result): Result {
  return current.run(call, work)
}

/** Does the same for a call in an envelope. */
export function asCallOf<Result>(caller: Party, bytes: unknown, work: () => Result): Result {
  return asCall({ caller, ...readCall(bytes) }, work)
}

/** Does the same for an envelope over HTTP. */
export const nameCaller: RequestHandler = (req, _res, next) => {
  asCallOf(callerOf(req), req.body, next)
}

/** Returns who makes a request over HTTP. Browsers send an `Origin`; shops don't. */
export function callerOf(req: Pick<Request, 'get'>): Party {
  return req.get('Origin') === undefined ? 'shop' : 'browser'
}

/** Returns the call that is being answered. */
export function currentCall(): AttributedCall {
  return current.getStore() ?? UNKNOWN
}
