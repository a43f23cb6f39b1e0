import express, { type Request, type RequestHandler } from 'express'
import { Problem } from '../errors.ts'

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'
const BODY_LIMIT = '8kb'

/** Programs post JSON or nothing, pages post forms. Anything else is refused. */
export const parseBody: RequestHandler[] = [
  function requireKnownType(req, _res, next) {
    const type = typeOf(req)
    if (type === undefined || type === JSON_TYPE || type === FORM_TYPE) return next()
    throw new Problem(415, `The body must be ${JSON_TYPE} or a form, not ${type}.`)
  },
  express.json({ type: JSON_TYPE, limit: BODY_LIMIT, inflate: false }),
  express.urlencoded({ type: FORM_TYPE, limit: BODY_LIMIT, inflate: false, extended: false }),
]

/** A page posted this, so a page is what comes back. */
export function isForm(req: Pick<Request, 'get'>): boolean {
  return typeOf(req) === FORM_TYPE
}

/** The fields of a body that may be missing. */
export function fieldsOf(req: Request): Record<string, unknown> {
  return typeof req.body === 'object' && req.body !== null ? req.body : {}
}

function typeOf(req: Pick<Request, 'get'>): string | undefined {
  return req.get('Content-Type')?.split(';')[0]?.trim().toLowerCase()
}
