import type { RequestHandler } from 'express'
import { leadProblemsBack } from '../web/index.ts'

/** After an error, the merchant sees what the form was about as it is now, at the path that this makes of a route's parameters. */
export function leadBack<Params>(pathOf: (params: Params) => string): RequestHandler<Params> {
  return ({ params }, res, next) => {
    leadProblemsBack(res, pathOf(params))
    next()
  }
}
