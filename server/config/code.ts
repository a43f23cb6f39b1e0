import { webAddress } from './web-address.ts'

/** Code's own URLs, and the key with which it signs webhooks. */
export const CODE = {
  endpoint: 'https://cash.getcode.com/v1',
  elementsUrl: 'https://sdk.getcode.com/v1/elements',
  publicKey: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR',
}

const HOSTS = /(?:^|\.)getcode\.com$/

/** Returns where a sandbox shows its key: beside its `/v1`. */
export function sandboxKeyUrl(endpoint: string): string {
  return endpoint.replace(/\/v1$/, '/key')
}

/** Returns whether a URL is Code itself, which takes real money. */
export function isCodeItself(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && HOSTS.test(new URL(url).hostname)
}

/** An address of Code that browsers use as well. */
export const codeAddress = webAddress.refine(
  (text) => !URL.canParse(text) || !new URL(text).hostname.startsWith('['),
  'must not have an IPv6 address as its host, because browsers can’t be told to allow it: buyers would see no button. Use a host name, such as localhost',
)

interface Addressed {
  CODE_MODE?: string | undefined
  CODE_ENDPOINT?: string | undefined
}

/** A rule about several settings, as zod's refine takes it. A sandbox has its key, and its wallet, beside its `/v1`. */
export const ENDPOINT_ENDS_IN_V1: [
  holds: (env: Addressed) => boolean,
  otherwise: { path: string[]; error: (issue: { input?: unknown }) => string; when: () => boolean },
] = [
  ({ CODE_MODE, CODE_ENDPOINT: url }) =>
    CODE_MODE === 'live' || url === undefined || isCodeItself(url) || url.endsWith('/v1'),
  {
    path: ['CODE_ENDPOINT'],
    error: ({ input }) =>
      `must end in /v1, where a sandbox has its calls: ${(input as Addressed).CODE_ENDPOINT?.replace(/\/v1\/.*$/, '')}/v1`,
    when: () => true,
  },
]
