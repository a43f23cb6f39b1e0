import {
  GetLoginForThirdPartyAppResponse_Result,
  GetStatusRequest,
  RegisterWebhookRequest,
  RegisterWebhookResponse_Result,
} from '@code-wallet/rpc'
import bs58 from 'bs58'
import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express'
import { isAddress } from '../addresses.ts'
import { Problem } from '../errors.ts'
import type { Report } from '../events.ts'
import { type Faults, injectFault } from '../faults/index.ts'
import { CALL_LIMIT_BYTES, findUrlFault, type Sequencer } from '../sequencer/index.ts'
import { asCall, callerOf } from '../trace/index.ts'
import { sendFailure, sendFault, sendJson, toFailure } from './answers.ts'
import { findCut } from './cut-amount.ts'
import { readBill, readFields, readIntent, readLogin } from './read-call.ts'

const PATHS = ['/v1/createIntent', '/v1/getStatus', '/v1/getUserId']

interface Deps {
  sequencer: Sequencer
  faults: Pick<Faults, 'ofCall'>
  report: Report
  allowsWebhookTo(url: URL): boolean
}

/** What one of the calls answers, besides `success`. Throws a Problem or a Refusal. */
type Answer<Asked> = (deps: Deps, asked: Asked, req: Request) => Promise<Record<string, unknown>>

/**
 * Serves Code's JSON interface, which its SDKs for Python, PHP and Go use, and version 1 of its client for JavaScript. As
 * at Code it isn't open to browsers of other origins, and every answer is JSON.
 */
export function jsonRoutes(deps: Deps, ...guards: RequestHandler[]): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const readBody = express.raw({ type: () => true, limit: CALL_LIMIT_BYTES, inflate: false })
  const post = [requireMethod('POST'), ...guards, readBody]
  router.all('/v1/createIntent', post, answerCall(deps, 'createIntent', askedInBody, createIntent))
  router.all('/v1/getUserId', post, answerCall(deps, 'getUserId', askedInBody, getUserId))
  router.all(
    '/v1/getStatus',
    requireMethod('GET'),
    guards,
    answerCall(deps, 'getStatus', askedInQuery, getStatus),
  )
  router.use(PATHS, answerError(deps))
  return router
}

/** Code answers 400 here, not 405. */
function requireMethod(method: 'GET' | 'POST'): RequestHandler {
  return function requireThisMethod(req, _res, next) {
    if (req.method !== method) throw new Problem(400, `http ${method.toLowerCase()} expected`)
    next()
  }
}

const askedInBody = (req: Request) => readFields(req.body)

function askedInQuery({ query }: Request): { intent: string } {
  const [intent] = [query.intent].flat()
  if (typeof intent !== 'string') throw new Problem(400, 'intent query parameter missing')
  return { intent }
}

/** Answers a call, or has a fault answer it, and knows meanwhile whose call it is. */
function answerCall<Asked extends { intent: string }>(
  deps: Deps,
  method: string,
  read: (req: Request) => Asked,
  answer: Answer<Asked>,
): RequestHandler {
  return async function answerThisCall(req, res) {
    const asked = read(req)
    const intent = isAddress(asked.intent) ? asked.intent : undefined
    await asCall({ caller: callerOf(req), method, intent }, async () => {
      try {
        const fault = await injectFault(deps)
        if (fault) return sendFault(res, fault)
        sendJson(res, 200, { ...(await answer(deps, asked, req)), success: true })
      } catch (error) {
        refuse(deps, method, error, res)
      }
    })
  }
}

const answerError = (deps: Deps): ErrorRequestHandler =>
  function answerThisError(error, req, res, _next) {
    refuse(deps, req.baseUrl.replace(/^.*\//, ''), error, res)
  }

function refuse(
  { report }: Deps,
  method: string,
  error: unknown,
  res: Parameters<typeof sendFailure>[0],
): void {
  const failure = toFailure(error)
  report({ what: failure.isUnexpected ? 'failed' : 'call refused', method, reason: failure.reason })
  sendFailure(res, failure)
}

/** Creates the intent, then registers its webhook. If that fails, the intent exists all the same, as at Code. */
const createIntent: Answer<ReturnType<typeof readFields>> = async (deps, fields, req) => {
  const { sequencer, report } = deps
  const request = readBill(fields)
  await checkWebhook(deps, fields.webhook)
  await sequencer.sendMessage(request)
  const cut = req.get('Content-Type') === undefined ? findCut(request) : undefined
  if (cut) report({ what: 'amount cut', intent: fields.intent, ...cut })
  if (fields.webhook !== undefined) await registerWebhook(deps, fields.intent, fields.webhook)
  return {}
}

/** Says what Code has against a URL. With one to which this sandbox must not post, registering the webhook fails afterwards. */
async function checkWebhook({ allowsWebhookTo }: Deps, url: string | undefined): Promise<void> {
  const fault = url !== undefined && (await findUrlFault(url, { allowsWebhookTo, requiresHttps: true }))
  if (fault && fault !== 'not allowed') throw new Problem(400, fault.reason)
}

async function registerWebhook({ sequencer }: Deps, intent: string, url: string): Promise<void> {
  const intentId = { value: readIntent(intent, 'intent') }
  const { result } = await sequencer.registerWebhook(new RegisterWebhookRequest({ intentId, url }))
  const { OK, ALREADY_REGISTERED } = RegisterWebhookResponse_Result
  if (result !== OK && result !== ALREADY_REGISTERED) throw new Problem(500, 'internal server error')
}

const getStatus: Answer<{ intent: string }> = async ({ sequencer }, { intent }) => {
  const intentId = { value: readIntent(intent, 'intent id') }
  const { exists, intentSubmitted } = await sequencer.getStatus(new GetStatusRequest({ intentId }))
  if (intentSubmitted) return { status: 'SUBMITTED' }
  return { status: exists ? 'PENDING' : 'UNKNOWN' }
}

const getUserId: Answer<ReturnType<typeof readFields>> = async ({ sequencer }, fields) => {
  const { result, userId } = sequencer.getLogin(readLogin(fields))
  const isKnown = result === GetLoginForThirdPartyAppResponse_Result.OK && userId
  return isKnown ? { user: bs58.encode(userId.value) } : {}
}
