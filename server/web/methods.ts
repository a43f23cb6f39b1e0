import type { Request, RequestHandler, Response } from 'express'
import { ShopError } from '../errors.ts'

/** Rejects other methods at a path that exists, and names those that it supports in `Allow`. Throws method-not-allowed. */
export function allowOnly(...methods: string[]): RequestHandler {
  return (req, res) => refuseMethod(req, res, methods)
}

function refuseMethod({ method, path }: Request, res: Response, methods: readonly string[]): never {
  res.set('Allow', methods.join(', '))
  throw new ShopError('method-not-allowed', `${path} supports ${methods.join(' and ')}, not ${method}`)
}

/** Stands behind all routes. Throws page-not-found. */
export function refuseUnknownPath({ path }: Request): never {
  throw new ShopError('page-not-found', `There is nothing at ${path}`)
}
