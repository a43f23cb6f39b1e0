import { isIP } from 'node:net'
import type { z } from 'zod'
import { environment, PRETENDED_DESTINATION } from './environment.ts'

const CODE = {
  endpoint: 'https://cash.getcode.com/v1',
  elementsUrl: 'https://sdk.getcode.com/v1/elements',
  publicKey: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR',
}

const SANDBOX_ENDPOINT = '/sandbox/v1'

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
    throw new ConfigError([...new Set(parsed.error.issues.map((issue) => explain(issue, given)))].join('\n'))
  const { data } = parsed
  const mode = data.CODE_MODE ?? 'sandbox'
  const localUrl = `http://${reachable(data.HOST)}:${data.PORT}`
  const embeddedSandbox = mode === 'sandbox' && !data.CODE_ENDPOINT
  const endpoint = data.CODE_ENDPOINT ?? (mode === 'live' ? CODE.endpoint : `${localUrl}${SANDBOX_ENDPOINT}`)
  const browserEndpoint = embeddedSandbox ? SANDBOX_ENDPOINT : endpoint

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
    /** Where a browser finds Code. A path when that is inside the shop: it holds at each of the shop's addresses */
    browserEndpoint,
    elementsUrl:
      data.CODE_ELEMENTS_URL ?? (mode === 'live' ? CODE.elementsUrl : `${browserEndpoint}/elements`),
    /** base58; undefined: the sandbox's own, known once it runs */
    publicKeys: data.CODE_PUBLIC_KEY ?? (mode === 'live' ? [CODE.publicKey] : undefined),
    destination: data.CODE_DESTINATION ?? PRETENDED_DESTINATION,
    webhookUrl: webhookUrl({ embeddedSandbox, mode, localUrl, publicUrl: data.PUBLIC_URL }),
    databaseUrl: data.DATABASE_URL ?? `sqlite:data/shop-${mode}.db`,
    catalogFolder: 'catalog' as string,
    /** Where the embedded sandbox keeps its key and state */
    sandboxFolder: 'data/sequencer' as string,
    createIntentPerMinute: data.CREATE_INTENT_PER_MINUTE,
    logLevel: data.LOG_LEVEL,
    trustProxy: proxySetting(data.TRUST_PROXY),
  })
}

function explain(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0])
  const found = name in given && name !== 'DATABASE_URL' ? ` (found: ${given[name]})` : ''
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

function proxySetting(text: string): false | number | string {
  if (text === 'off') return false
  return /^\d$/.test(text) ? Number(text) : text
}
