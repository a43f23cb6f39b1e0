import { randomBytes } from 'node:crypto'
import { type Config, isLoopback, readConfig, type SettingChanges } from '../config/index.ts'
import type { Answers } from './answers.ts'
import { showSecret } from './checks.ts'
import { LiveError } from './live-error.ts'

const TOKEN_BYTES = 32
const SECRET = /_TOKEN$/
const ALL_ADDRESSES = ['0.0.0.0', '::']

/** The settings of .env, those of the environment, which win over them, and both together. */
export interface Settings {
  inFile: Record<string, string>
  inEnvironment: Record<string, string | undefined>
}

/** Returns what must change in .env. */
export function settingsFor(
  { destination, way }: Answers,
  { inFile, inEnvironment }: Settings,
): SettingChanges {
  const all = { ...inFile, ...inEnvironment }
  const common = {
    CODE_MODE: 'live',
    CODE_DESTINATION: destination,
    ...(!all.ADMIN_TOKEN && { ADMIN_TOKEN: randomBytes(TOKEN_BYTES).toString('hex') }),
  }
  if (way.kind === 'try') return { ...common, PUBLIC_URL: undefined, ...withoutProxy(all) }
  const isOwnProxy = way.kind === 'domain' && all.TRUST_PROXY
  return {
    ...common,
    PUBLIC_URL: `https://${way.host}`,
    ...(!isOwnProxy && { TRUST_PROXY: proxyAt(all.HOST) }),
    ...(!all.NODE_ENV && { NODE_ENV: 'production' }),
    ...(way.kind === 'tunnel' && way.token !== inEnvironment.TUNNEL_TOKEN && { TUNNEL_TOKEN: way.token }),
  }
}

/** A live shop without a PUBLIC_URL doesn't start behind a proxy, and a trial's tunnel is believed only while it runs. */
function withoutProxy({ TRUST_PROXY }: Record<string, string | undefined>): SettingChanges {
  return TRUST_PROXY && TRUST_PROXY !== 'off' ? { TRUST_PROXY: undefined } : {}
}

/** Returns what the shop gets besides .env while the tunnel runs: whom to believe where a request comes from. */
export function settingsOfTrial({ inFile, inEnvironment }: Settings): Record<string, string> {
  return { TRUST_PROXY: proxyAt({ ...inFile, ...inEnvironment }.HOST) }
}

/** The tunnel runs on this machine, and connects from the address at which it finds the shop. */
function proxyAt(host: string | undefined): string {
  return !host || isLoopback(host) || ALL_ADDRESSES.includes(host) ? 'loopback' : host
}

/**
 * Returns the configuration that the shop will have. Throws a LiveError if the environment has other settings that would win, and a
 * ConfigError if they don't fit together.
 */
export function configure(
  changes: SettingChanges,
  { inFile, inEnvironment }: Settings,
  extra: Record<string, string> = {},
  publicUrlFile?: string,
): Config {
  const winner = Object.keys(changes).find(
    (name) => inEnvironment[name] !== undefined && inEnvironment[name] !== (changes[name] ?? ''),
  )
  if (winner !== undefined)
    throw new LiveError(
      `${winner} is set in the environment, to something else than it is to be, and would win over .env. Unset it, then run this again. Nothing was changed.`,
    )
  return readConfig({ ...inFile, ...changes, ...inEnvironment, ...extra }, publicUrlFile)
}

/** Describes a change for the merchant. Of a secret, it shows only the end. */
export function describeChange(name: string, value: string | undefined): string {
  if (value === undefined) return `${name} is a comment now`
  return `${name}=${SECRET.test(name) ? showSecret(value) : value}`
}
