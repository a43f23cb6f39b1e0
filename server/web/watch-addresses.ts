import type { Request, RequestHandler } from 'express'
import type { Config } from '../config/index.ts'
import type { Logger } from './log.ts'
import type { Notices } from './notices.ts'

const MOST_LOGGED = 20 // anyone can name any address in a request

interface Deps {
  config: Pick<Config, 'mode' | 'production' | 'url' | 'publicUrl' | 'origins'>
  log: Logger
  notices: Notices
}

interface Watch extends Deps {
  /** The hosts of these origins, which are others when the public URL has changed */
  origins: readonly string[]
  hosts: ReadonlySet<string>
  logged: Set<string>
}

/**
 * Reports each address at which pages are opened but nothing can be bought, because the configuration doesn't name it: that
 * of a tunnel, or another name of this machine. A shop on sale that has its PUBLIC_URL doesn't, since bots try any address.
 */
export function watchAddresses(deps: Deps): RequestHandler {
  const { production, mode, publicUrl } = deps.config
  const watch: Watch = { ...deps, origins: [], hosts: new Set(), logged: new Set() }
  return (req, _res, next) => {
    const isOnSale = (production || mode === 'live') && publicUrl() !== undefined
    const address = isOnSale ? undefined : findOtherAddress(watch, req)
    if (address !== undefined) report(watch, address)
    next()
  }
}

/** A tunnel may replace the host of a request. Then the browser still names the address as the origin of an order. */
function findOtherAddress(watch: Watch, req: Request): string | undefined {
  const { host, origin } = req.headers
  const origins = watch.config.origins()
  if (origins !== watch.origins)
    Object.assign(watch, { origins, hosts: new Set(origins.map((own) => new URL(own).host)) })
  if (host !== undefined && !watch.hosts.has(host))
    return isPage(req) ? toOrigin(`${schemeOf(req)}://${host}`) : undefined
  const isOther =
    origin !== undefined && req.headers['sec-fetch-site'] === 'same-origin' && !origins.includes(origin)
  return isOther ? toOrigin(origin) : undefined
}

function isPage({ method, headers }: Request): boolean {
  return method === 'GET' && (headers.accept?.includes('text/html') ?? false)
}

/** Browsers send Sec-Fetch-Site only to https and to this machine, whose own names are known. */
function schemeOf({ headers }: Request): string {
  return headers['x-forwarded-proto'] === 'https' || headers['sec-fetch-site'] !== undefined
    ? 'https'
    : 'http'
}

function toOrigin(address: string): string | undefined {
  const origin = URL.canParse(address) ? new URL(address).origin : undefined
  return origin === address.toLowerCase() ? origin : undefined
}

function report({ config, log, notices, logged }: Watch, address: string): void {
  notices.set('address', describeToAll(config.url()))
  if (logged.has(address) || logged.size === MOST_LOGGED) return
  logged.add(address)
  log.warn({ address }, describe(address, config.url()))
}

/** Doesn't name the address: every visitor reads it, and a stranger would have their words on every page. */
function describeToAll(url: string): string {
  return `A page was opened at an address that is not this shop’s, so payments fail there. If your browser shows another address than ${url}, and it begins with https, set PUBLIC_URL to it and restart the shop. Otherwise, open the shop at ${url}.`
}

function describe(address: string, url: string): string {
  const remedy = address.startsWith('https:')
    ? `If it leads to this shop, set PUBLIC_URL=${address} and restart the shop.`
    : `Open the shop at ${url}, or set PUBLIC_URL to an https address that leads to it.`
  return `A page was opened at ${address}, which is not an address of this shop, so payments fail there. ${remedy}`
}
