import type { Request } from 'express'
import { isSameSecret } from '../secrets.ts'

const BEARER = /^Bearer +([\x21-\x7e]+) *$/i // RFC 6750, section 2.1; the name of a scheme may be in any case

/** Returns the token that a program has sent as `Authorization: Bearer …`, if it has sent one. */
export function bearerOf(req: Request): string | undefined {
  return BEARER.exec(req.get('Authorization') ?? '')?.[1]
}

/** Returns whether a program has sent this token as `Authorization: Bearer …`. Without a token, nobody has. */
export function hasBearer(req: Request, token: string | undefined): boolean {
  return isSameSecret(bearerOf(req), token)
}
