import express, { type RequestHandler, Router } from 'express'
import { Problem } from '../errors.ts'
import { CALL_LIMIT_BYTES, type Sequencer } from './sequencer.ts'

const CONTENT_TYPE = 'application/octet-stream'
const PATH = /^\/v1\/+api\/?$/ // an endpoint that ends in a slash gives `//api/`

/** Serves `POST /v1/api/`, for browsers of any origin as at Code: the button itself polls an intent's status. */
export function sequencerRoutes({ answer }: Sequencer, ...before: RequestHandler[]): Router {
  const router = Router()
  router.all(PATH, allowEveryOrigin)
  router.post(
    PATH,
    requireType,
    express.raw({ type: CONTENT_TYPE, limit: CALL_LIMIT_BYTES, inflate: false }),
    ...before,
    async (req, res) => {
      const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
      res.type(CONTENT_TYPE).send(Buffer.from((await answer(bytes)).toBinary()))
    },
  )
  router.all(PATH, (req, res) => {
    res.set('Allow', 'POST')
    throw new Problem(405, `The sequencer doesn't support ${req.method}. It supports POST.`)
  })
  return router
}

const allowEveryOrigin: RequestHandler = (req, res, next) => {
  res.set('Access-Control-Allow-Origin', '*')
  res.set('Cross-Origin-Resource-Policy', 'cross-origin')
  res.set('Cache-Control', 'no-store')
  if (req.method !== 'OPTIONS') return next()
  res
    .set('Allow', 'POST')
    .set('Access-Control-Allow-Methods', 'POST')
    .set('Access-Control-Allow-Headers', 'Content-Type')
  res.set('Access-Control-Max-Age', '600').sendStatus(204)
}

const requireType: RequestHandler = (req, _res, next) => {
  const type = req.get('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== CONTENT_TYPE)
    throw new Problem(415, `The body must be ${CONTENT_TYPE}, not ${type ?? 'without a type'}.`)
  next()
}
