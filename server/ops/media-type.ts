import type { Request } from 'express'

/**
 * Whether a request says that its body is of this type. By the header alone: `req.is` says no to a body that is
 * empty, and that is another mistake.
 */
export function isSentAs(req: Request, ...types: string[]): boolean {
  const type = req.get('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  return type !== undefined && types.includes(type)
}
