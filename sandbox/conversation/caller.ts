import { AsyncLocalStorage } from 'node:async_hooks'
import type { RequestHandler } from 'express'
import type { Party } from '../state/index.ts'
import { type Call, readCall } from './read-call.ts'

interface CallOfSomebody extends Call {
  caller: Party
}

const NOBODY: CallOfSomebody = { caller: 'browser', method: '', intent: undefined }

const current = new AsyncLocalStorage<CallOfSomebody>()

/** Remembers who makes a call, which one and about which intent, for whatever happens because of it. */
export function asCallOf<Result>(caller: Party, bytes: unknown, work: () => Result): Result {
  return current.run({ caller, ...readCall(bytes) }, work)
}

/** The same for a call over HTTP. Browsers name their origin, shops don't. */
export const nameCaller: RequestHandler = (req, _res, next) => {
  asCallOf(req.get('Origin') === undefined ? 'shop' : 'browser', req.body, next)
}

/** The call that is being answered. */
export function currentCall(): CallOfSomebody {
  return current.getStore() ?? NOBODY
}
