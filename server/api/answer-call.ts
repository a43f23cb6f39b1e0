import type { Request, Response } from 'express'
import {
  type ApiCall,
  type CallOutcome,
  countCall,
  findKeyHolder,
  forgetCalls,
  hasEndedAccess,
  newId,
  scopeOfEndpoint,
} from '../../db/index.ts'
import { ShopError } from '../errors.ts'
import { rightNow } from '../local-days.ts'
import { sha256 } from '../secrets.ts'
import type { Shop } from '../shop.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts'
import { bearerOf, statusOfProblem } from '../web/index.ts'
import { type Answer, type ApiEndpoint, findEndpoint } from './endpoints.ts'
import { giveBack } from './give-back.ts'
import { addOffers, sellsCalls } from './offers.ts'

type Counted = Extract<CallOutcome, { callsLeft: number }>

const REPEATABLE_MS = DAY_MS // for so long, the same idempotency key isn't counted again
const FORGOTTEN_EVERY_MS = HOUR_MS
const FORGOTTEN_AGAIN_MS = MINUTE_MS // after a failure
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/
const SERVER_ERROR = 500
const MISSING: ReadonlySet<ShopError['code']> = new Set(['calls-needed', 'key-unknown'])
const KEY = /^nk_[0-9a-f]{32}$/

/**
 * Answers a call that has been paid for. It is counted durably before the first byte is sent, unless its request is invalid; what
 * the shop itself ends with 5xx is given back. Without a call that is left, the answer is 402 with offers that a program can act
 * on; without a key, it is 404 if there are none; with the key of a buyer whose access has ended, 410. Those who have bought
 * calls can use them up when no more are sold.
 */
export async function answerCall(
  shop: Shop,
  req: Request<{ endpoint: string }>,
  res: Response,
): Promise<void> {
  const { endpoint: name } = req.params
  const endpoint = findEndpoint(name)
  if (!endpoint) throw new ShopError('page-not-found', (t) => t.nothingAt(`/api/${name}`))
  const { call, answer, counted } = await countOrOffer(shop, endpoint, req, res)
  res.setHeader('Calls-Left', counted.callsLeft)
  try {
    const json = JSON.stringify(await answer(shop))
    res.setHeader('Content-Type', 'application/json; charset=utf-8').end(json) // without an ETag: 304 would be no answer
  } catch (error) {
    const isOurFault = counted.outcome === 'counted' && statusOfProblem(error, req) >= SERVER_ERROR
    if (isOurFault && (await giveBack(shop, { ...call, order: counted.order })))
      res.setHeader('Calls-Left', counted.callsLeft + 1)
    throw error
  }
}

/** Counts the call of a request that is valid. Throws what `readCall`, `read` and `count` throw; where a call is missing, with offers of some. */
async function countOrOffer(
  shop: Shop,
  { read }: ApiEndpoint,
  req: Request<{ endpoint: string }>,
  res: Response,
): Promise<{ call: ApiCall; answer: Answer; counted: Counted }> {
  const { endpoint } = req.params
  try {
    const call = readCall(shop, req, endpoint)
    if (!call && !sellsCalls(shop, endpoint))
      throw new ShopError('page-not-found', (t) => t.nothingAt(`/api/${endpoint}`))
    if (!call) throw new ShopError('calls-needed', (t) => t.callNeedsKey())
    return { call, answer: read(req), counted: await count(shop, call) }
  } catch (error) {
    if (!(error instanceof ShopError && MISSING.has(error.code))) throw error
    const isUnknown = error.code === 'key-unknown' // RFC 6750, section 3.1
    res.set('WWW-Authenticate', `Bearer realm="calls"${isUnknown ? ', error="invalid_token"' : ''}`)
    if (error.code === 'calls-needed' && bearerOf(req) !== undefined) res.setHeader('Calls-Left', 0)
    addOffers(shop, res, endpoint)
    throw error
  }
}

/** Throws access-ended, call-differs, calls-needed, key-unknown. */
async function count(shop: Shop, call: ApiCall): Promise<Counted> {
  const at = rightNow(shop)
  const before = at.now - REPEATABLE_MS
  const counted = await countCall(shop.db, call, at, before)
  forgetSometimes(shop, at.now, before)
  if (counted.outcome === 'reused') throw new ShopError('call-differs', (t) => t.callDiffers())
  if (counted.outcome !== 'none-left') return counted
  throw await whyNone(shop, call, at.today)
}

async function whyNone({ db }: Shop, { keyHash, scope }: ApiCall, today: number): Promise<ShopError> {
  const buyer = await findKeyHolder(db, keyHash, scope)
  if (buyer === undefined) return new ShopError('key-unknown', (t) => t.keyUnknown())
  if (await hasEndedAccess(db, buyer, scope, today))
    return new ShopError('access-ended', (t) => t.callsEnded())
  return new ShopError('calls-needed', (t) => t.noCallsLeft())
}

/** The call that a request makes; undefined without a key. Throws key-unknown, request-invalid. */
function readCall({ clock }: Shop, req: Request, endpoint: string): ApiCall | undefined {
  const key = bearerOf(req)
  if (key === undefined) return undefined
  if (!KEY.test(key)) throw new ShopError('key-unknown', (t) => t.keyUnknown())
  return {
    call: newId(clock.now()),
    keyHash: sha256(key),
    scope: scopeOfEndpoint(endpoint),
    idempotency: readIdempotency(req),
  }
}

/** The same key with another request is refused: otherwise one key would make any number of calls for the price of one. */
function readIdempotency(req: Request): ApiCall['idempotency'] {
  const key = req.get('Idempotency-Key')
  if (key === undefined) return undefined
  if (!IDEMPOTENCY_KEY.test(key))
    throw new ShopError('request-invalid', (t) => t.idempotencyKeyForm(), {
      members: { errors: [{ header: 'Idempotency-Key', reason: 'invalid' }] },
    })
  return { key, requestHash: sha256(`${req.method} ${req.originalUrl}`) }
}

function forgetSometimes(shop: Shop, now: number, before: number): void {
  const { api, db, log } = shop
  if (Math.abs(now - api.forgotAt) < FORGOTTEN_EVERY_MS) return
  api.forgotAt = now
  forgetCalls(db, before).catch((error) => {
    api.forgotAt = now - FORGOTTEN_EVERY_MS + FORGOTTEN_AGAIN_MS
    log.warn(
      { err: error },
      'old calls of the API could not be forgotten; the shop will try again in a minute',
    )
  })
}
