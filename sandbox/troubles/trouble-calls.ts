import { setTimeout as delay } from 'node:timers/promises'
import { Common } from '@code-wallet/rpc'
import type { RequestHandler } from 'express'
import type { Report } from '../events.ts'
import { currentCall } from '../trace/index.ts'
import type { CallTrouble } from './kinds.ts'
import type { Troubles } from './troubles.ts'

const SLOW_MS = 2_000
const NO_MESSAGE = Buffer.from([0xff, 0xff, 0xff, 0x01])

interface Deps {
  troubles: Pick<Troubles, 'ofCall'>
  report: Report
}

/** What is done to a call on purpose, instead of answering it: nothing at all where both are undefined. */
export interface Trouble {
  answer: Buffer | undefined
  fails: boolean
}

/** Resolves with the trouble that the current call meets, or with undefined: then it goes on. */
export async function meetTrouble({ troubles, report }: Deps): Promise<Trouble | undefined> {
  const { method, intent } = currentCall()
  const trouble = troubles.ofCall(intent)
  if (trouble === 'none') return undefined
  report({ what: 'trouble', trouble, method, intent })
  if (trouble !== 'slow') return { answer: answerOf(trouble), fails: trouble === 'http-500' }
  await delay(SLOW_MS)
  return undefined
}

/** Stands before the sequencer's address, behind the parser of its body. */
export function troubleCalls(deps: Deps): RequestHandler {
  return async function troubleCall(_req, res, next) {
    const trouble = await meetTrouble(deps)
    if (!trouble) return next()
    if (trouble.fails) res.status(500).end()
    else if (trouble.answer) res.type('application/octet-stream').send(trouble.answer)
  }
}

function answerOf(trouble: CallTrouble): Buffer | undefined {
  if (trouble === 'broken-bytes') return NO_MESSAGE
  if (trouble !== 'refuse') return undefined
  const { ERROR } = Common.Response_Result
  return Buffer.from(new Common.Response({ result: ERROR, message: 'refused on purpose' }).toBinary())
}
