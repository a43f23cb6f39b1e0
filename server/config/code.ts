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
