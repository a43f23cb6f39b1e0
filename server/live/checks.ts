import { domainToASCII } from 'node:url'
import { shopName } from '../catalog/index.ts'
import { address, isHostName, isTemporary, refusalOf } from '../config/index.ts'

const IN_ANY_LETTERS = /^[\p{L}\p{M}\p{N}.-]+$/u // nothing that a name would lose on the way to ASCII, such as a path
const BASE64 = /^[A-Za-z\d+/]+=*$/

// Each returns a sentence about what is wrong, or undefined.

/** Checks a deposit address as the shop itself does when it starts: its form, and that it isn't somebody else's. */
export function findFaultInDestination(text: string): string | undefined {
  if (text === '') return 'The deposit address is needed: all money goes there. The Code app shows it.'
  if (!address.safeParse(text).success)
    return 'That is no deposit address: it must be 32 bytes in base58, which are 43 or 44 letters and digits. Copy all of it from the Code app.'
  const refusal = refusalOf(text, { mode: 'live' })
  return refusal && `The deposit address ${refusal}.`
}

/** Checks a name by the rule of shop.yaml, without which the shop would not start. */
export function findFaultInName(text: string): string | undefined {
  if (text.trim() === '') return 'The name is needed: buyers see it on every page.'
  const { error } = shopName.safeParse(text)
  return error && `The name ${error.issues[0]?.message}.`
}

/** Checks a host name, as `readHost` returns it. */
export function findFaultInHost(host: string): string | undefined {
  if (isTemporary(`https://${host}`))
    return 'trycloudflare.com gives out temporary addresses only. For one of them, choose to try.'
  if (!isHostName(host))
    return 'That must be the name of a host in your own domain, like shop.example.org, without a path and without a port.'
  return undefined
}

/** Cloudflare's token is base64 of JSON that names the account, the tunnel and its secret. */
export function findFaultInToken(text: string): string | undefined {
  try {
    const json = BASE64.test(text) ? Buffer.from(text, 'base64').toString() : '' // which leaves out quotes and line breaks
    const { a: account, t: tunnel, s: secret } = JSON.parse(json)
    if ([account, tunnel, secret].every((part) => typeof part === 'string' && part !== '')) return undefined
  } catch {
    // The sentence below says it.
  }
  return 'That is no token of a tunnel. Cloudflare shows it with the tunnel, in the command to install it: a long text that begins with eyJ.'
}

/** Lets people paste a whole address, and write a name in the letters of their language. */
export function readHost(text: string): string {
  const trimmed = text.trim().toLowerCase()
  const host = trimmed.replace(/^https:\/\//, '').replace(/\/$/, '')
  return IN_ANY_LETTERS.test(host) ? domainToASCII(host) || host : host
}

/** Returns a secret in the form in which it may be shown. */
export function showSecret(secret: string): string {
  return `…${secret.slice(-4)}`
}
