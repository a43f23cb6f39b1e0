import { CODE } from './code.ts'

/** The default destination of test money. */
export const SANDBOX_DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'

const SIGNING_KEY =
  'must be a deposit address; this is the key that signs webhooks, and money sent there would be lost'
const NOT_YOURS =
  'must be a deposit address of your own or of a partner; this is the sandbox’s, and money sent there would go to someone else'

/** Says why money must not be sent to an address; undefined if it may. `publicKeys` are those that sign webhooks. */
export function refusalOf(
  address: string,
  { mode, publicKeys = [] }: { mode: string; publicKeys?: readonly string[] | undefined },
): string | undefined {
  if (isSigningKey(address, publicKeys)) return SIGNING_KEY
  return mode === 'live' && !isOwnAddress(address) ? NOT_YOURS : undefined
}

export function isSigningKey(destination: string | undefined, publicKeys: unknown): boolean {
  return destination !== undefined && [CODE.publicKey, publicKeys].flat().includes(destination)
}

/** Every copy of this shop contains the sandbox's address, so real money sent there would go to someone else. */
export function isOwnAddress(destination: string | undefined): boolean {
  return destination !== undefined && destination !== SANDBOX_DESTINATION
}
