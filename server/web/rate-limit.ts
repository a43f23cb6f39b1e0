import { isIP } from 'node:net'
import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit'
import { ShopError } from '../errors.ts'
import { MINUTE_MS } from '../time.ts'

interface Limit {
  /** What is limited, such as `orders`: programs tell the limits of routes apart by their names */
  name: string
  perMinute: number
  /** What is counted; a request whose key is undefined isn't counted */
  key(req: Request): string | undefined
  what: 'address' | 'browser'
}

/** Allows so many requests a minute for each key, with RateLimit headers; then answers 429 with Retry-After. */
export function limitRate({ name, perMinute, key, what }: Limit): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    store: countInMemory(),
    standardHeaders: 'draft-8',
    identifier: `${name}-by-${what}`,
    legacyHeaders: false,
    skip: (req) => key(req) === undefined,
    keyGenerator: (req) => key(req) ?? '',
    handler: (_req, _res, next) =>
      next(new ShopError('too-many-requests', ({ rate }) => rate(perMinute, what))),
  })
}

/** What one key has used in its current window. */
interface Count {
  totalHits: number
  /** `performance.now()` at the end of the window */
  endsAt: number
}

/**
 * Counts by a monotonic clock. The package's own store uses the time of day: if that were set back by an hour, a client that
 * had reached its limit would be rejected for an hour.
 */
function countInMemory(): Store {
  const counts = new Map<string, Count>()
  return {
    localKeys: true,
    increment: (key) => countHit(counts, key),
    decrement: (key) => {
      const count = counts.get(key)
      if (count) count.totalHits--
    },
    resetKey: (key) => {
      counts.delete(key)
    },
  }
}

function countHit(counts: Map<string, Count>, key: string) {
  const count = minuteOf(counts, key, (endsAt) => ({ totalHits: 0, endsAt }))
  count.totalHits++
  return { totalHits: count.totalHits, resetTime: new Date(Date.now() + count.endsAt - performance.now()) }
}

/**
 * Returns what one key has used in its current minute, which begins with its first use, and forgets what others have used in
 * minutes that have ended. `minutes` has them in the order in which they end.
 */
export function minuteOf<T extends { endsAt: number }>(
  minutes: Map<string, T>,
  key: string,
  begin: (endsAt: number) => T,
): T {
  const now = performance.now()
  for (const [ended, { endsAt }] of minutes) {
    if (endsAt > now) break
    minutes.delete(ended)
  }
  const minute = minutes.get(key) ?? begin(now + MINUTE_MS)
  minutes.set(key, minute)
  return minute
}

type IsTrusted = (address: string, hop: number) => boolean

/**
 * Returns the client's IP address according to TRUST_PROXY. IPv6 clients are grouped by /56 prefix. Unlike `req.ip`, it has
 * no port, which some proxies write and clients can choose; anything that isn't an address counts as the proxy's.
 */
export function addressOf(req: Request): string {
  const isTrusted: IsTrusted = req.app.get('trust proxy fn')
  const forwarded = (req.get('X-Forwarded-For') ?? '').split(',').reverse().map(parseAddress)
  let address = req.socket.remoteAddress ?? ''
  for (const [hop, next] of forwarded.entries()) {
    if (next === undefined || !isTrusted(address, hop)) break
    address = next
  }
  return ipKeyGenerator(address)
}

const WITH_PORT = /^"?(?:\[([^\]]*)\]|([\d.]+))(?::\d+)?"?$/

function parseAddress(entry: string): string | undefined {
  const text = entry.trim()
  const [, ipv6, ipv4] = WITH_PORT.exec(text) ?? []
  const [address = ''] = (ipv6 ?? ipv4 ?? text).split('%', 1) // without the zone of a link-local address
  return isIP(address) === 0 ? undefined : address
}
