import { isIP } from 'node:net'
import { PublicKey } from '@code-wallet/keys'
import { z } from 'zod'

const CODE = {
  endpoint: 'https://cash.getcode.com/v1',
  elementsUrl: 'https://sdk.getcode.com/v1/elements',
  publicKey: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR',
}
const PRETENDED_DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'

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

const environment = z
  .object({
    CODE_MODE: z.enum(['sandbox', 'live'], 'must be sandbox or live').optional(),
    CODE_ENDPOINT: webAddress.optional(),
    CODE_ELEMENTS_URL: webAddress.optional(),
    CODE_PUBLIC_KEY: z
      .string()
      .transform((list) => list.split(',').map((key) => key.trim()))
      .pipe(z.array(address))
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
      .regex(/^sqlite:./, 'must be a SQLite file, like sqlite:data/shop.db')
      .optional(),
    PORT: wholeNumber(1, 65_535).default(3030),
    HOST: z
      .string()
      .refine(
        (host) => host === 'localhost' || isIP(host) > 0,
        'must be an IP address or localhost, like 127.0.0.1',
      )
      .default('127.0.0.1'),
    ADMIN_TOKEN: z.string().min(32, 'must have at least 32 characters').optional(),
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
  .refine((env) => env.CODE_MODE !== 'live' || isOnesOwn(env.CODE_DESTINATION), {
    path: ['CODE_DESTINATION'],
    message: 'must be your own deposit address when CODE_MODE=live, as the Code app shows it',
    when: always,
  })

export type Config = ReturnType<typeof readConfig>

/** The configuration cannot be used; the message has one line for each fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads the environment once. An empty variable counts as not set. Throws ConfigError that lists all faults together. */
export function readConfig(env: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = environment.safeParse(given)
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => explain(issue, given)).join('\n'))
  const { data } = parsed
  const mode = data.CODE_MODE ?? 'sandbox'
  const localUrl = `http://${reachable(data.HOST)}:${data.PORT}`
  const embeddedSandbox = mode === 'sandbox' && !data.CODE_ENDPOINT
  const endpoint = data.CODE_ENDPOINT ?? (mode === 'live' ? CODE.endpoint : `${localUrl}/sandbox/v1`)

  return Object.freeze({
    mode,
    production: data.NODE_ENV === 'production',
    host: data.HOST,
    port: data.PORT,
    localUrl,
    publicUrl: data.PUBLIC_URL,
    /** What addresses that leave the shop begin with */
    url: data.PUBLIC_URL ?? localUrl,
    /** Where our own pages come from; everything else is foreign */
    origins: Object.freeze(ownOrigins(localUrl, data.PORT, data.PUBLIC_URL)),
    embeddedSandbox,
    endpoint,
    elementsUrl: data.CODE_ELEMENTS_URL ?? (mode === 'live' ? CODE.elementsUrl : `${endpoint}/elements`),
    /** base58; undefined: the sandbox's own, known once it runs */
    publicKeys: data.CODE_PUBLIC_KEY ?? (mode === 'live' ? [CODE.publicKey] : undefined),
    destination: data.CODE_DESTINATION ?? PRETENDED_DESTINATION,
    webhookUrl: webhookUrl({ embeddedSandbox, mode, localUrl, publicUrl: data.PUBLIC_URL }),
    databaseUrl: data.DATABASE_URL ?? `sqlite:data/shop-${mode}.db`,
    catalogFolder: 'catalog' as string,
    /** Where the embedded sandbox keeps its key and state */
    sandboxFolder: 'data/sequencer' as string,
    adminToken: data.ADMIN_TOKEN,
    createIntentPerMinute: data.CREATE_INTENT_PER_MINUTE,
    logLevel: data.LOG_LEVEL,
    trustProxy: proxySetting(data.TRUST_PROXY),
  })
}

function explain(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0])
  const found = name in given && !/TOKEN|DATABASE/.test(name) ? ` (found: ${given[name]})` : ''
  return `${name} ${issue.message}${found}`
}

/** A wildcard address can be listened on, but not called. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return isIP(host) === 6 ? `[${host}]` : host
}

function ownOrigins(localUrl: string, port: number, publicUrl: string | undefined): string[] {
  const local = [localUrl, `http://127.0.0.1:${port}`, `http://localhost:${port}`, `http://[::1]:${port}`]
  return [...new Set([...(publicUrl ? [publicUrl] : []), ...local].map((url) => new URL(url).origin))]
}

/** The embedded sandbox calls locally, whatever the public address; Code itself can call a public address only. */
function webhookUrl(from: {
  embeddedSandbox: boolean
  mode: string
  localUrl: string
  publicUrl: string | undefined
}) {
  const base = from.embeddedSandbox
    ? from.localUrl
    : (from.publicUrl ?? (from.mode === 'live' ? undefined : from.localUrl))
  return base && `${base}/webhook`
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

function proxySetting(text: string): false | number | string {
  if (text === 'off') return false
  return /^\d$/.test(text) ? Number(text) : text
}
