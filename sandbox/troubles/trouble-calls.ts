import { setTimeout as delay } from 'node:timers/promises'
import { Common } from '@code-wallet/rpc'
import type { RequestHandler } from 'express'
import { readCall } from '../conversation/index.ts'
import type { Report } from '../events.ts'
import type { CallTrouble } from './kinds.ts'
import type { Troubles } from './troubles.ts'

const SLOW_MS = 2_000
const NO_MESSAGE = Buffer.from([0xff, 0xff, 0xff, 0x01])

/** Stands before the sequencer's address, behind the parser of its body, and does to calls what was asked for. */
export function troubleCalls({ troubles, report }: { troubles: Troubles; report: Report }): RequestHandler {
  return async function troubleCall(req, res, next) {
    const { method, intent } = readCall(req.body)
    const trouble = troubles.ofCall(intent)
    if (trouble === 'none') return next()
    report({ what: 'trouble', trouble, method, intent })
    if (trouble === 'slow') {
      await delay(SLOW_MS)
      return next()
    }
    if (trouble === 'http-500') return void res.status(500).end()
    const answer = answerOf(trouble)
    if (answer) res.type('application/octet-stream').send(answer)
  }
}

function answerOf(trouble: CallTrouble): Buffer | undefined {
  if (trouble === 'broken-bytes') return NO_MESSAGE
  if (trouble === 'silent') return undefined
  const { ERROR } = Common.Response_Result
  return Buffer.from(new Common.Response({ result: ERROR, message: 'refused on purpose' }).toBinary())
}
