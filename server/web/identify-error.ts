import { randomBytes } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Request } from 'express'
import { DatabaseUnavailable } from '../../db/index.ts'
import { type ErrorCode, ShopError } from '../errors.ts'
import type { Detail, Texts } from '../texts/index.ts'

/** An error as the shop knows it, in whatever language it will be explained. */
export interface Identified
  extends Pick<ShopError, 'code' | 'detail'>,
    Partial<Pick<ShopError, 'members' | 'headers'>> {}

/** Finds out which error of the shop this is. What can't be known is `unexpected`, with a reference to the log. */
export function identify(error: unknown, req: Request): Identified {
  if (error instanceof ShopError) return error
  if (error instanceof DatabaseUnavailable)
    return { code: 'storage-unavailable', detail: (t) => describeOutage(t, error, req) }
  return identifyExpress(error, req) ?? { code: 'unexpected', detail: newReference() }
}

function describeOutage(texts: Texts['errors'], { reason }: DatabaseUnavailable, { res }: Request): string {
  return res?.locals.namesReasons ? texts.databaseReason(reason) : texts.database()
}

const CODES_OF_STATUS: Record<number, ErrorCode> = {
  404: 'page-not-found',
  412: 'file-changed',
  416: 'range-unsatisfiable',
}

/** Errors of Express and its parsers have a status below 500 when the request caused them. */
function identifyExpress(error: unknown, { path }: Request): Identified | undefined {
  const { status, message } = error as { status?: unknown; message?: unknown }
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined
  const name = STATUS_CODES[status] ?? String(status)
  const detail: Detail = (t) => {
    if (status === 404) return t.nothingAt(path)
    return message === name ? name : t.http(name, message)
  }
  return { code: CODES_OF_STATUS[status] ?? 'request-invalid', detail }
}

/** The reference leads from what a buyer reports to the log. */
function newReference(): Detail {
  const reference = randomBytes(4).toString('hex')
  return ({ unexpected }) => unexpected(reference)
}
