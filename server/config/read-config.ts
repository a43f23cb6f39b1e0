import { isIP } from 'node:net'
import type * as z from '../zod.ts'
import { readBackups } from './backups.ts'
import { CODE } from './code.ts'
import { ConfigError } from './config-error.ts'
import { SANDBOX_DESTINATION } from './destinations.ts'
import { loadEnvFile } from './env-file.ts'
import { environment } from './environment.ts'
import { readJournalAccounts } from './journal-accounts.ts'
import { ownAddresses } from './own-addresses.ts'
import { openOwnUrls } from './own-urls.ts'
import { countPassedSockets } from './passed-sockets.ts'
import { currentUrl, followFile, PUBLIC_URL_FILE } from './public-url.ts'
import { describeMisspelling, isSecret } from './setting-names.ts'

const SANDBOX_ENDPOINT = '/sandbox/v1'

export type Config = ReturnType<typeof readConfig>

/** Reads what the merchant has configured: `.env`, the environment, and the file with the public URL. Throws as readConfig does. */
export function loadConfig(): Config {
  loadEnvFile(process.env)
  return readConfig(process.env, PUBLIC_URL_FILE)
}

/**
 * Reads the same for a command that works on the database alone. It needs no public URL, so it neither asks for one behind a proxy nor
 * reads the file, which is gone once a tunnel has closed.
 */
export function loadConfigWithoutUrl(): Config {
  loadEnvFile(process.env)
  return readConfig({ ...process.env, TRUST_PROXY: undefined })
}

/**
 * Derives the configuration from the environment. An empty variable counts as not set. `publicUrlFile` is followed where
 * PUBLIC_URL isn't set. Throws a ConfigError that lists all errors.
 */
export function readConfig(env: Record<string, string | undefined>, publicUrlFile?: string) {
  const { data, file } = parseEnvironment(env, publicUrlFile)
  const mode = data.CODE_MODE ?? 'sandbox'
  const localUrl = new URL(`http://${toConnectable(data.HOST)}:${data.PORT}`).origin
  const embeddedSandbox = mode === 'sandbox' && !data.CODE_ENDPOINT
  const endpoint = data.CODE_ENDPOINT ?? (mode === 'live' ? CODE.endpoint : `${localUrl}${SANDBOX_ENDPOINT}`)
  const browserEndpoint = embeddedSandbox ? SANDBOX_ENDPOINT : endpoint
  const networkUrls = mode === 'sandbox' ? findNetworkUrls(data.HOST, data.PORT) : []
  const localOrigins = localOriginsAt(localUrl, data.PORT).concat(networkUrls)

  return Object.freeze({
    mode,
    production: data.NODE_ENV === 'production',
    host: data.HOST,
    port: data.PORT,
    passedSockets: countPassedSockets(env),
    localUrl,
    ...openOwnUrls({
      publicUrl: file ? () => currentUrl(file) : () => data.PUBLIC_URL,
      localUrl,
      localOrigins,
      // The embedded sandbox delivers locally, whatever the public URL is. Code can only deliver to a public URL.
      deliversTo: embeddedSandbox ? 'local' : mode === 'live' ? 'public' : 'either',
    }),
    /** Where other devices on the network find the shop, if it listens there and may sell there */
    networkUrls,
    embeddedSandbox,
    endpoint,
    /** The sequencer as browsers reach it; a path if it is embedded, so that it works at each of the shop's addresses */
    browserEndpoint,
    elementsUrl:
      data.CODE_ELEMENTS_URL ?? (mode === 'live' ? CODE.elementsUrl : `${browserEndpoint}/elements`),
    /** In base58; undefined for the sandbox's own, which is known once it runs */
    publicKeys: data.CODE_PUBLIC_KEY ?? (mode === 'live' ? [CODE.publicKey] : undefined),
    destination: data.CODE_DESTINATION ?? SANDBOX_DESTINATION,
    /** The largest amount to ask for, in any currency; undefined for what Code documents */
    codeMaximum: data.CODE_MAXIMUM,
    databaseUrl: data.DATABASE_URL ?? `sqlite:data/shop-${mode}.db`,
    catalogFolder: 'catalog' as string,
    /** Holds the key and state of the embedded sandbox */
    sandboxFolder: 'data/sequencer' as string,
    createIntentPerMinute: data.CREATE_INTENT_PER_MINUTE,
    logLevel: data.LOG_LEVEL,
    /** Where alerts are sent, and the secret that signs them; undefined if there is no such place */
    alerts: alertsOf(data),
    trustProxy: data.TRUST_PROXY,
    /** In which days begin and end, and people read the times of receipts and the desk, as an IANA name */
    timeZone: data.TIME_ZONE ?? 'UTC',
    /** As the environment has it; the catalogue may name it instead */
    timeZoneSet: data.TIME_ZONE,
    /** Switches the desk on, and lets the merchant in. In sandbox mode, this machine has a desk without it. */
    adminToken: data.ADMIN_TOKEN,
    /** Lets programs read exports and metrics */
    exportToken: data.EXPORT_TOKEN,
    /** Lets programs read metrics */
    metricsToken: data.METRICS_TOKEN,
    journalAccounts: readJournalAccounts(data),
    backups: readBackups(data),
  })
}

function parseEnvironment(env: Record<string, string | undefined>, publicUrlFile: string | undefined) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const file = publicUrlFile === undefined || given.PUBLIC_URL ? undefined : followFile(publicUrlFile)
  const { data, error } = environment.safeParse(file?.url ? { ...given, PUBLIC_URL: file.url } : given)
  const errors = [
    ...describeMisspellings(given),
    ...(error?.issues ?? []).map((issue) => describeIssue(issue, given)),
  ]
  if (!data || errors.length > 0) throw new ConfigError([...new Set(errors)].join('\n'))
  return { data, file }
}

function alertsOf({
  ALERT_WEBHOOK_URL: url,
  ALERT_WEBHOOK_SECRET: secret,
  ALERT_ALLOW_PRIVATE,
}: z.infer<typeof environment>) {
  return url && secret ? { url, secret, allowPrivate: ALERT_ALLOW_PRIVATE === '1' } : undefined
}

function describeMisspellings(given: Record<string, unknown>): string[] {
  return Object.keys(given).flatMap((name) => {
    const misspelling = describeMisspelling(name)
    return misspelling ? [`${name} ${misspelling}`] : []
  })
}

function describeIssue(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0])
  const isHidden = isSecret(name) || String(given[name]).includes('@') // any URL may carry a password before an @
  const found = name in given && !isHidden ? ` (found: ${given[name]})` : ''
  return `${name} ${issue.message}${found}`
}

/** A wildcard address can be listened on, but not connected to. */
function toConnectable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return isIP(host) === 6 ? `[${host}]` : host
}

function localOriginsAt(localUrl: string, port: number): string[] {
  const local = [localUrl, `http://127.0.0.1:${port}`, `http://localhost:${port}`, `http://[::1]:${port}`]
  return [...new Set(local.map((url) => new URL(url).origin))]
}

/** An address to which real money is to lead must be chosen: PUBLIC_URL. For test money, this machine's own are good enough. */
function findNetworkUrls(host: string, port: number): string[] {
  const families: Record<string, string[]> = { '0.0.0.0': ['IPv4'], '::': ['IPv4', 'IPv6'] }
  return ownAddresses(families[host] ?? []).map((address) => new URL(`http://${address}:${port}`).origin)
}
