const DEFAULT_PORTS: Record<string, string> = { 'http:': '80', 'https:': '443' }
const HOST_SOURCE = /^(?:([a-z][a-z\d+.-]*:)\/\/)?([a-z\d*._-]+)(?::(\d+|\*))?(?:\/.*)?$/ // browsers know no IPv6 address in it

/** Returns whether a policy lets pages of this origin frame the document. What it leaves open, it allows. */
export function mayFrame(policy: string, origin: string): boolean {
  const [, sources] = /(?:^|;)\s*frame-ancestors\s+([^;]*)/i.exec(policy) ?? []
  if (sources === undefined) return true
  const page = new URL(origin)
  return sources
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .some((source) => source === '*' || isScheme(source, page) || matches(source, page))
}

/** Matches a host source, as https://www.w3.org/TR/CSP3/#match-url-to-source-expression does. An origin has no path. */
function matches(source: string, page: URL): boolean {
  const [, scheme = page.protocol, host, port] = HOST_SOURCE.exec(source) ?? []
  return host !== undefined && isScheme(scheme, page) && isHost(host, page) && isPort(port, page)
}

/** A source that allows http allows the same over https. */
function isScheme(scheme: string, { protocol }: URL): boolean {
  return scheme === protocol || (scheme === 'http:' && protocol === 'https:')
}

function isHost(host: string, { hostname }: URL): boolean {
  return host === '*' || host === hostname || (host.startsWith('*.') && hostname.endsWith(host.slice(1)))
}

function isPort(port: string | undefined, page: URL): boolean {
  const usual = DEFAULT_PORTS[page.protocol]
  const actual = page.port || usual
  if (port === undefined || port === DEFAULT_PORTS['http:']) return actual === usual // 80 stands for 443 over https
  return port === '*' || port === actual
}
