import { AsyncLocalStorage } from 'node:async_hooks'
import type { RequestHandler } from 'express'
import type { Party } from '../state/index.ts'
import { type Call, readCall } from './read-call.ts'

interface AttributedCall extends Call {
  caller: Party
}

const UNKNOWN: AttributedCall = { caller: 'browser', method: '', intent: undefined }

const current = new AsyncLocalStorage<AttributedCall>()

/** Runs `work` and remembers meanwhile who makes the call, which call it is and which intent it is about. */
export function asCallOf<Result>(caller: Party, bytes: unknown, work: () => Result): Result {
  return current.run({ caller, ...readCall(bytes) }, work)
}

/** Does the same for a call over HTTP. Browsers send an `Origin`; shops don't. */
export const nameCaller: RequestHandler = (req, _res, next) => {
  asCallOf(req.get('Origin') === undefined ? 'shop' : 'browser', req.body, next)
}

/** Returns the call that is being answered. */
export function currentCall(): AttributedCall {
  return current.getStore() ?? UNKNOWN
}
