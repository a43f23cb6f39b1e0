import { AsyncLocalStorage } from 'node:async_hooks'
import type { RequestHandler } from 'express'
import { readCall } from './read-call.ts'
import type { Party } from './tell.ts'

interface Call {
  caller: Party
  intent: string | undefined
}

const current = new AsyncLocalStorage<Call>()

/** Remembers who makes a call and about which intent, for whatever happens because of it. Browsers name their origin. */
export const nameCaller: RequestHandler = (req, _res, next) => {
  const caller = req.get('Origin') === undefined ? 'shop' : 'browser'
  current.run({ caller, intent: readCall(req.body).intent }, next)
}

/** The call that is being answered; over a WebSocket it is a browser's, and names no intent. */
export function currentCall(): Call {
  return current.getStore() ?? { caller: 'browser', intent: undefined }
}
