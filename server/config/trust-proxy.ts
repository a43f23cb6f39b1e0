import { isIP } from 'node:net'
import proxyaddr from 'proxy-addr'
import * as z from '../zod.ts'

const EVERYBODY = /\/0+\s*(?:,|$)/

/** The proxies to trust, as Express's `trust proxy` takes them: false, their number, or their addresses. */
export const trustProxy = z
  .string()
  .refine((text) => !EVERYBODY.test(text), {
    message:
      'must not be every address: any client could then choose its own IP address. Name your proxies, like loopback or 10.0.0.0/8',
    abort: true,
  })
  .refine(
    isProxySetting,
    'must be off, a number of proxies like 1, or their addresses like loopback or 10.0.0.0/8',
  )
  .transform(toProxySetting)

/** `true` is not accepted: every client could then choose its own address. */
function isProxySetting(text: string): boolean {
  return (
    text === 'off' || /^\d$/.test(text) || isListOfAddresses(text.split(',').map((entry) => entry.trim()))
  )
}

function isListOfAddresses(entries: string[]): boolean {
  try {
    proxyaddr.compile(entries)
  } catch {
    return false
  }
  // proxy-addr also reads 10 as the address 0.0.0.10, which would hide a mistake in the number of proxies.
  return entries.every((entry) => /^[a-z]+$/.test(entry) || isIP(entry.replace(/\/\d{1,3}$/, '')) > 0)
}

function toProxySetting(text: string): false | number | string {
  if (text === 'off') return false
  return /^\d$/.test(text) ? Number(text) : text
}
