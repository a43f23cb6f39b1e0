import { isIP } from 'node:net'
import { PublicKey } from '@code-wallet/keys'
import { z } from 'zod'

/** Where pretended money goes. */
export const PRETENDED_DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'

const isAddress = (text: string) => {
  try {
    return Boolean(PublicKey.fromBase58(text))
  } catch {
    return false
  }
}
/** base58 of 32 bytes: an address, or a public key. */
export const address = z
  .string()
  .refine(
    isAddress,
    'must be a base58 address of 32 bytes, like E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR',
  )
/**
 * y coordinates (hex, little endian) of the eight points whose order is 8 or less, with the encodings that are not
 * canonical; the sign bit left out. Under such a key anybody can make a signature that verifies (RFC 8032, section 8.9).
 */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

function isSmallOrder(text: string): boolean {
  const point = Buffer.from(PublicKey.fromBase58(text).value)
  point.writeUInt8(point.readUInt8(31) & 0x7f, 31)
  return SMALL_ORDER.has(point.toString('hex'))
}

/** An address with which only the owner of its private key can sign. */
export const publicKey = address.refine(
  (text) => !isAddress(text) || !isSmallOrder(text),
  'must be the key of somebody: anybody can make signatures that this one verifies',
)
const webAddress = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:/.test(text),
    'must be a web address, like https://example.org',
  )
  .transform((text) => text.replace(/\/+$/, ''))
const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .pipe(z.number().min(from, `must be at least ${from}`).max(to, `must be at most ${to}`))

// Checks over several variables run also when others are wrong, so that all faults are shown together.
const always = () => true

/** The environment's variables, each with what it must look like. What follows from them is in read-config.ts. */
export const environment = z
  .object({
    CODE_MODE: z.enum(['sandbox', 'live'], 'must be sandbox or live').optional(),
    CODE_ENDPOINT: webAddress.optional(),
    CODE_ELEMENTS_URL: webAddress.optional(),
    CODE_PUBLIC_KEY: z
      .string()
      .transform((list) => list.split(',').map((key) => key.trim()))
      .pipe(z.array(publicKey))
      .optional(),
    CODE_DESTINATION: address.optional(),
    PUBLIC_URL: webAddress
      .refine(
        isPublishable,
        'must be an https address without a path, like https://shop.example.org (http only for this machine)',
      )
      .transform((text) => new URL(text).origin) // in small letters: Code refuses webhooks at hosts with capitals
      .optional(),
    DATABASE_URL: z
      .string()
      .refine(
        isDatabase,
        'must be a SQLite file, like sqlite:data/shop.db, or a PostgreSQL database, like postgres://user:password@host/database (special characters in the password as %xx)',
      )
      .optional(),
    PORT: wholeNumber(1, 65_535).default(3030),
    HOST: z
      .string()
      .refine(
        (host) => host === 'localhost' || isIP(host) > 0,
        'must be an IP address or localhost, like 127.0.0.1',
      )
      .default('127.0.0.1'),
    CREATE_INTENT_PER_MINUTE: wholeNumber(1, 1_000_000).default(30),
    LOG_LEVEL: z
      .enum(
        ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
        'must be trace, debug, info, warn, error, fatal or silent',
      )
      .default('info'),
    TRUST_PROXY: z
      .string()
      .refine(isProxySetting, 'must be off, a number of proxies like 1, or their addresses like 10.0.0.0/8')
      .default('off'),
    NODE_ENV: z.string().optional(),
  })
  .refine(({ NODE_ENV, CODE_MODE }) => NODE_ENV !== 'production' || CODE_MODE, {
    path: ['CODE_MODE'],
    message: 'must be spelled out when NODE_ENV=production: live for real money, sandbox for a demonstration',
    when: always,
  })
  .refine((env) => !env.CODE_PUBLIC_KEY || env.CODE_ENDPOINT || env.CODE_MODE === 'live', {
    path: ['CODE_PUBLIC_KEY'],
    message: 'must be left out for the sandbox inside the shop, which has a key of its own',
    when: always,
  })
  .refine((env) => env.CODE_MODE !== 'live' || isOnesOwn(env.CODE_DESTINATION), {
    path: ['CODE_DESTINATION'],
    message: 'must be your own deposit address when CODE_MODE=live, as the Code app shows it',
    when: always,
  })

function isDatabase(text: string): boolean {
  return /^sqlite:./.test(text) || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text))
}

function isPublishable(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, href, origin } = new URL(text)
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return href === `${origin}/` && (protocol === 'https:' || isLoopback)
}

/** The sandbox's pretended address is in every copy of this shop: real money would go to somebody else. */
function isOnesOwn(destination: string | undefined): boolean {
  return destination !== undefined && destination !== PRETENDED_DESTINATION
}

/** `true` is not among them: it would let every client choose its own address. */
function isProxySetting(text: string): boolean {
  return text === 'off' || /^\d$/.test(text) || text.split(',').every(isNetwork)
}

function isNetwork(text: string): boolean {
  const [ip = '', prefix] = text.trim().split('/')
  if (['loopback', 'linklocal', 'uniquelocal'].includes(ip)) return prefix === undefined
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(ip)] ?? -1
  return prefix === undefined ? bits > 0 : /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits
}
