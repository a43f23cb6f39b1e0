import express, { type Request, type RequestHandler } from 'express'
import { Problem } from '../errors.ts'

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'
const BODY_LIMIT = '8kb'

/** Parses JSON, which programs post, and forms, which pages post. Any other type of body is refused. */
export const parseBody: RequestHandler[] = [
  function requireKnownType(req, _res, next) {
    const type = typeOf(req)
    if (type === undefined || type === JSON_TYPE || type === FORM_TYPE) return next()
    throw new Problem(415, `The body must be ${JSON_TYPE} or a form, not ${type}.`)
  },
  express.json({ type: JSON_TYPE, limit: BODY_LIMIT, inflate: false }),
  express.urlencoded({ type: FORM_TYPE, limit: BODY_LIMIT, inflate: false, extended: false }),
  function refuseJsonAsForm(req, _res, next) {
    if (!isForm(req) || !Object.keys(fieldsOf(req))[0]?.startsWith('{')) return next()
    throw new Problem(
      415,
      `The body is JSON, but is sent as ${FORM_TYPE}. Send it with Content-Type: ${JSON_TYPE}.`,
    )
  },
]

/** Returns whether a page posted this, so that it is answered with a page. */
export function isForm(req: Pick<Request, 'get'>): boolean {
  return typeOf(req) === FORM_TYPE
}

/** Returns the fields of the body, which may be missing. */
export function fieldsOf(req: Request): Record<string, unknown> {
  return typeof req.body === 'object' && req.body !== null ? req.body : {}
}

function typeOf(req: Pick<Request, 'get'>): string | undefined {
  return req.get('Content-Type')?.split(';')[0]?.trim().toLowerCase()
}
