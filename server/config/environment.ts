import { isIP } from 'node:net'
import * as z from '../zod.ts'
import { address, publicKey } from './addresses.ts'
import { alertSecret, alertUrl, ENCRYPTED_URL, SECRET_FOR_URL, URL_FOR_SECRET } from './alerts.ts'
import { backupEvery, backupKeep, DEFAULT_BACKUP_FOLDER } from './backups.ts'
import { IS_BAD_PORT, isOpenable } from './bad-ports.ts'
import { codeAddress, ENDPOINT_ENDS_IN_V1, isCodeItself } from './code.ts'
import { codeMaximum } from './code-maximum.ts'
import { isOwnAddress, isSigningKey } from './destinations.ts'
import { canReceiveWebhooks, hasPort } from './host-name.ts'
import { journalAccount } from './journal-accounts.ts'
import { ownAddresses } from './own-addresses.ts'
import { isTimeZone } from './time-zone.ts'
import { isRepeated, token, tunnelToken } from './tokens.ts'
import { trustProxy } from './trust-proxy.ts'
import { webAddress } from './web-address.ts'

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .pipe(z.number().min(from, `must be at least ${from}`).max(to, `must be at most ${to}`))

const IS_CODE_ITSELF =
  'must not be Code itself in sandbox mode: set CODE_MODE=live for real money, or leave this setting out'
const IS_UNENCRYPTED =
  'must be an https address when CODE_MODE=live: otherwise others on the network could change the amounts and addresses of payments'

const IS_REPEATED = 'must differ from the other tokens, since each of them opens something else'

// Checks that involve several variables also run when other variables are invalid, so that all errors are reported together.
const always = () => true

/** The variables that the shop reads, each with its rule. read-config.ts derives the configuration from them. */
export const environment = z
  .object({
    CODE_MODE: z.enum(['sandbox', 'live'], 'must be sandbox or live').optional(),
    CODE_ENDPOINT: codeAddress.optional(),
    CODE_ELEMENTS_URL: codeAddress.optional(),
    CODE_PUBLIC_KEY: z
      .string()
      .transform((list) => list.split(',').map((key) => key.trim()))
      .pipe(z.array(publicKey))
      .optional(),
    CODE_DESTINATION: address.optional(),
    CODE_MAXIMUM: codeMaximum.optional(),
    PUBLIC_URL: webAddress
      .refine(
        isPublicOrigin,
        'must be an https address without a path, like https://shop.example.org (http only for this machine)',
      )
      .transform((text) => new URL(text).origin) // lower case: Code rejects webhook URLs whose host has capitals
      .optional(),
    DATABASE_URL: z
      .string()
      .refine(
        (text) => !SEVERAL_HOSTS.test(text),
        'must name one host: the primary, or a proxy, pooler or DNS name that leads to it',
      )
      .refine(
        (text) => !IGNORED_SCHEMA.test(text),
        'must name its schema as ?options=-c%20search_path%3Dshop, since the shop would ignore the parameter that it has for that',
      )
      .refine(
        isDatabaseUrl,
        'must be a SQLite file, like sqlite:data/shop.db, or a PostgreSQL database, like postgres://user:password@host/database (percent-encode special characters in the password)',
      )
      .optional(),
    PORT: wholeNumber(1, 65_535).refine(isOpenable, IS_BAD_PORT).default(3030),
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
    TRUST_PROXY: trustProxy.default(false),
    TIME_ZONE: z
      .string()
      .refine(isTimeZone, 'must be the name of an IANA time zone, like Europe/Berlin')
      .optional(),
    ADMIN_TOKEN: token.optional(),
    EXPORT_TOKEN: token.optional(),
    METRICS_TOKEN: token.optional(),
    TUNNEL_TOKEN: tunnelToken.optional(),
    JOURNAL_ASSETS_ACCOUNT: journalAccount.default('assets:code'),
    JOURNAL_INCOME_ACCOUNT: journalAccount.default('income:sales'),
    JOURNAL_REFUNDS_ACCOUNT: journalAccount.default('income:refunds'),
    JOURNAL_TAX_ACCOUNT: journalAccount.default('liabilities:tax'),
    JOURNAL_PARTNERS_ACCOUNT: journalAccount.default('expenses:partners'),
    ALERT_WEBHOOK_URL: alertUrl.optional(),
    ALERT_WEBHOOK_SECRET: alertSecret.optional(),
    ALERT_ALLOW_PRIVATE: z.enum(['1'], 'must be 1, or be left out').optional(),
    BACKUP_EVERY: backupEvery.optional(),
    BACKUP_FOLDER: z.string().default(DEFAULT_BACKUP_FOLDER),
    BACKUP_KEEP: backupKeep.default(14),
    NODE_ENV: z.string().optional(),
  })
  .refine(({ NODE_ENV, CODE_MODE }) => NODE_ENV !== 'production' || CODE_MODE, {
    path: ['CODE_MODE'],
    message: 'must be set when NODE_ENV=production: live for real money, sandbox for a demonstration',
    when: always,
  })
  .refine((env) => !env.CODE_PUBLIC_KEY || env.CODE_ENDPOINT || env.CODE_MODE === 'live', {
    path: ['CODE_PUBLIC_KEY'],
    message: 'must not be set for the embedded sandbox, which has its own key',
    when: always,
  })
  .refine((env) => env.CODE_MODE !== 'live' || isOwnAddress(env.CODE_DESTINATION), {
    path: ['CODE_DESTINATION'],
    message: 'must be your own deposit address when CODE_MODE=live; the Code app shows it',
    when: always,
  })
  .refine((env) => env.CODE_MODE !== 'live' || !hasPort(env.PUBLIC_URL), {
    path: ['PUBLIC_URL'],
    message:
      'must not have a port when CODE_MODE=live: Code rejects webhook URLs with a port, so each sale would wait for polling',
    when: always,
  })
  .refine((env) => env.CODE_MODE !== 'live' || canReceiveWebhooks(env.PUBLIC_URL), {
    path: ['PUBLIC_URL'],
    message:
      'must have a host name like shop.example.org when CODE_MODE=live, of letters, digits and hyphens: Code delivers no webhooks to others, so each sale would wait for polling',
    when: always,
  })
  .refine((env) => !isSigningKey(env.CODE_DESTINATION, env.CODE_PUBLIC_KEY), {
    path: ['CODE_DESTINATION'],
    message:
      'must be a deposit address; this is the key that signs webhooks, and money sent there would be lost',
    when: always,
  })
  .refine((env) => env.CODE_MODE === 'live' || !isCodeItself(env.CODE_ENDPOINT), {
    path: ['CODE_ENDPOINT'],
    message: IS_CODE_ITSELF,
    when: always,
  })
  .refine(...ENDPOINT_ENDS_IN_V1)
  .refine((env) => env.CODE_MODE !== 'live' || !isUnencrypted(env.CODE_ENDPOINT), {
    path: ['CODE_ENDPOINT'],
    message: IS_UNENCRYPTED,
    when: always,
  })
  .refine((env) => env.CODE_MODE === 'live' || !isCodeItself(env.CODE_ELEMENTS_URL), {
    path: ['CODE_ELEMENTS_URL'],
    message: IS_CODE_ITSELF,
    when: always,
  })
  .refine((env) => env.CODE_MODE !== 'live' || !isUnencrypted(env.CODE_ELEMENTS_URL), {
    path: ['CODE_ELEMENTS_URL'],
    message: IS_UNENCRYPTED,
    when: always,
  })
  .refine((env) => env.CODE_MODE !== 'live' || env.PUBLIC_URL || !env.TRUST_PROXY, {
    path: ['PUBLIC_URL'],
    message:
      'must be set when CODE_MODE=live and TRUST_PROXY is set: behind a proxy, the shop can only sell at an address that it knows',
    when: always,
  })
  .refine((env) => !isRepeated(env, 'EXPORT_TOKEN'), {
    path: ['EXPORT_TOKEN'],
    message: IS_REPEATED,
    when: always,
  })
  .refine((env) => !isRepeated(env, 'METRICS_TOKEN'), {
    path: ['METRICS_TOKEN'],
    message: IS_REPEATED,
    when: always,
  })
  .refine(...SECRET_FOR_URL)
  .refine(...URL_FOR_SECRET)
  .refine(...ENCRYPTED_URL)

const SEVERAL_HOSTS = /^postgres(ql)?:\/\/([^/?]*@)?[^/?@]*,[^/?@]*([/?]|$)/ // a comma before the @ is the password's
// The names that other clients know. The tables would be in `public` without a word.
const IGNORED_SCHEMA = /^postgres(ql)?:\/\/[^?]*\?(.*&)?(search_path|schema|currentSchema)=/i

function isDatabaseUrl(text: string): boolean {
  return (
    /^sqlite:(?!\s*:memory:)\S(.*\S)?$/.test(text) || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text))
  )
}

function isPublicOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, href, origin } = new URL(text)
  const isOfThisMachine = ['localhost', '127.0.0.1', '[::1]', ...ownAddresses()].includes(hostname)
  return href === `${origin}/` && (protocol === 'https:' || isOfThisMachine)
}

function isUnencrypted(url: string | undefined): boolean {
  return url?.startsWith('http:') ?? false
}
