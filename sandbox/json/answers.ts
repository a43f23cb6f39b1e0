import type { Response } from 'express'
import { Problem, Refusal } from '../errors.ts'
import type { Fault } from '../faults/index.ts'
import { CALL_LIMIT_BYTES } from '../sequencer/index.ts'

const INTERNAL = 'internal server error'
const REFUSALS = {
  Unauthenticated: { status: 401, error: 'authentication failed' },
  PermissionDenied: { status: 403, error: 'permission denied' },
}

export interface Failure {
  status: number
  error: string
  /** The reason for the log and the trace; an answer doesn't always contain it */
  reason: string
  isUnexpected?: true
}

/** Returns how Code answers an error. */
export function toFailure(error: unknown): Failure {
  const { message } = error as Error
  if (error instanceof Problem) return { status: error.status, error: message, reason: message }
  if (error instanceof Refusal) return { ...toRefusal(error), reason: message }
  const { status } = error as { status?: unknown } // of Express's body parser
  if (status === 413) return fail(status, `the body is larger than ${CALL_LIMIT_BYTES / 1024} KiB`)
  if (typeof status === 'number' && status >= 400 && status < 500) return fail(status, message)
  return {
    status: 500,
    error: INTERNAL,
    reason: String((error as Error)?.stack ?? error),
    isUnexpected: true,
  }
}

function fail(status: number, error: string): Failure {
  return { status, error, reason: error }
}

function toRefusal({ code, message }: Refusal): Pick<Failure, 'status' | 'error'> {
  if (code === 'InvalidArgument') return { status: 400, error: `rpc error: code = ${code} desc = ${message}` }
  return REFUSALS[code]
}

/** Sends JSON as Code does: its keys are sorted, and the type has no charset. */
export function sendJson(res: Response, status: number, fields: Record<string, unknown>): void {
  const sorted = Object.fromEntries(Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1)))
  sendBody(res, status, JSON.stringify(sorted))
}

export function sendFailure(res: Response, { status, error }: Pick<Failure, 'status' | 'error'>): void {
  sendJson(res, status, { error, success: false })
}

type Send = (res: Response, answer: Fault['answer']) => void

const FAULTS: Record<Fault['kind'], Send> = {
  'http-500': (res) => sendFailure(res, { status: 500, error: INTERNAL }),
  refuse: (res) => sendFailure(res, toRefusal(new Refusal('injected fault: refused'))),
  'broken-bytes': (res, answer) => sendBody(res, 200, answer),
  silent: () => undefined,
}

/** Sends an answer as the injected fault distorts it; `silent` sends nothing at all. */
export function sendFault(res: Response, { kind, answer }: Fault): void {
  FAULTS[kind](res, answer)
}

// By hand: Express would add a charset and an ETag.
function sendBody(res: Response, status: number, body: string | Buffer | undefined): void {
  res.status(status).setHeader('Content-Type', 'application/json')
  res.setHeader('Cache-Control', 'no-store')
  res.end(body)
}
