import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/
const SECOND_LEVEL = /^(ac|co|com|edu|gov|ne|net|or|org)$/ // as in example.co.uk

/**
 * Returns why a text, in lower case, can't be the domain of a login, or undefined if it can. Code finds subdomains with the
 * public suffix list; here the common second levels of country domains have to suffice.
 */
export function findDomainError(domain: string): string | undefined {
  if (isIP(domain) !== 0) return 'it is an IP address'
  if (domain.includes('/')) return 'it has a path'
  if (domain.includes(':')) return 'it has a port'
  if (domain === 'localhost') return 'it is localhost'
  const labels = domainToASCII(domain).split('.')
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return 'it is not a domain name'
  return isBase(labels) ? undefined : 'it is a subdomain'
}

function isBase(labels: string[]): boolean {
  const [top = '', second = ''] = labels.toReversed()
  return labels.length === 2 || (labels.length === 3 && top.length === 2 && SECOND_LEVEL.test(second))
}
