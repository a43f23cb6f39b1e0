import type { Request, RequestHandler, Response } from 'express'
import { ShopError } from '../errors.ts'

/**
 * Comes before or after the handlers of a path. Answers OPTIONS, rejects other methods, and names the supported ones in
 * `Allow`. HEAD works wherever GET does. Throws method-not-allowed.
 */
export function allowOnly(...allowed: ('GET' | 'POST')[]): RequestHandler {
  return allowExactly(...allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))
}

/** The same, without HEAD: for a path whose GET costs something. Comes before the handlers, since that of GET answers HEAD too. */
export function allowExactly(...methods: string[]): RequestHandler {
  return (req, res, next) => (methods.includes(req.method) ? next() : refuseMethod(req, res, methods))
}

function refuseMethod({ method, path }: Request, res: Response, methods: readonly string[]): void {
  res.set('Allow', methods.join(', '))
  if (method === 'OPTIONS') return void res.status(204).end()
  throw new ShopError('method-not-allowed', (t) => t.method(path, methods, method))
}

/** Comes after all routes. Throws page-not-found. */
export function refuseUnknownPath({ path }: Request): never {
  throw new ShopError('page-not-found', ({ nothingAt }) => nothingAt(path))
}
