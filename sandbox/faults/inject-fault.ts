import { setTimeout as delay } from 'node:timers/promises'
import { Common } from '@code-wallet/rpc'
import type { RequestHandler } from 'express'
import type { Report } from '../events.ts'
import { currentCall } from '../trace/index.ts'
import type { Faults } from './faults.ts'
import type { CallFault } from './kinds.ts'

const SLOW_MS = 2_000
const INVALID_MESSAGE = Buffer.from([0xff, 0xff, 0xff, 0x01])

interface Deps {
  faults: Pick<Faults, 'ofCall'>
  report: Report
}

/** What happens to a call in an envelope instead of a proper answer. Without an `answer`, and unless it `fails`, it gets none at all. */
export interface Fault {
  kind: Exclude<CallFault, 'none' | 'slow'>
  answer: Buffer | undefined
  fails: boolean
}

/** Injects the fault that is set for the current call. Resolves with undefined if the call is to go on. */
export async function injectFault({ faults, report }: Deps): Promise<Fault | undefined> {
  const { method, intent } = currentCall()
  const fault = faults.ofCall(intent)
  if (fault === 'none') return undefined
  report({ what: 'fault injected', fault, method, intent })
  if (fault !== 'slow') return { kind: fault, answer: answerOf(fault), fails: fault === 'http-500' }
  await delay(SLOW_MS)
  return undefined
}

/** Injects faults into calls over HTTP. Must come after the body parser, which finds out whose call it is. */
export function injectFaults(deps: Deps): RequestHandler {
  return async function injectInto(_req, res, next) {
    const fault = await injectFault(deps)
    if (!fault) return next()
    if (fault.fails) res.status(500).end()
    else if (fault.answer) res.type('application/octet-stream').send(fault.answer)
  }
}

function answerOf(fault: Fault['kind']): Buffer | undefined {
  switch (fault) {
    case 'broken-bytes':
      return INVALID_MESSAGE
    case 'refuse':
      return refusal()
    case 'http-500':
    case 'silent':
      return undefined
  }
}

function refusal(): Buffer {
  const { ERROR } = Common.Response_Result
  return Buffer.from(new Common.Response({ result: ERROR, message: 'injected fault: refused' }).toBinary())
}
