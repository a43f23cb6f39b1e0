import * as z from '../zod.ts'

const [SHORTEST_KEY, LONGEST_KEY] = [24, 64] // bytes, by the Standard Webhooks
/** Stands in .env.example, which everybody can read. */
const EXAMPLE = 'whsec_dGhpcyBpcyBvbmx5IGFuIGV4YW1wbGU6IG1ha2UgeW91ciBvd24='
const NEW_SECRET = 'Make one with: echo whsec_$(openssl rand -base64 32)'

/** Where alerts are posted. */
export const alertUrl = z
  .string()
  .refine(isPlainUrl, 'must be a web address without user and password, like https://hooks.example.org/shop')

/** The secret that signs alerts, in the form of the Standard Webhooks. */
export const alertSecret = z
  .string()
  .refine(
    isSecret,
    `must be whsec_ and the base64 text of ${SHORTEST_KEY} to ${LONGEST_KEY} random bytes. ${NEW_SECRET}`,
  )
  .refine((text) => text !== EXAMPLE, `must not be the example, which everybody can read. ${NEW_SECRET}`)

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}

function isSecret(text: string): boolean {
  const encoded = /^whsec_(.*)$/.exec(text)?.[1] ?? ''
  const key = Buffer.from(encoded, 'base64')
  return key.length >= SHORTEST_KEY && key.length <= LONGEST_KEY && key.toString('base64') === encoded
}

interface AlertSettings {
  ALERT_WEBHOOK_URL?: string | undefined
  ALERT_WEBHOOK_SECRET?: string | undefined
  ALERT_ALLOW_PRIVATE?: string | undefined
}

/** A rule about several settings, as zod's refine takes it. It is checked whatever else is wrong. */
type Rule = [
  holds: (env: AlertSettings) => boolean,
  otherwise: { path: string[]; message: string; when: () => boolean },
]

const rule = (path: keyof AlertSettings, message: string, holds: Rule[0]): Rule => [
  holds,
  { path: [path], message, when: () => true },
]

export const SECRET_FOR_URL = rule(
  'ALERT_WEBHOOK_SECRET',
  `must be set for ALERT_WEBHOOK_URL, so that the receiver can tell the shop’s alerts from others. ${NEW_SECRET}`,
  (env) => !env.ALERT_WEBHOOK_URL || env.ALERT_WEBHOOK_SECRET !== undefined,
)

export const URL_FOR_SECRET = rule(
  'ALERT_WEBHOOK_URL',
  'must be set for ALERT_WEBHOOK_SECRET: without it, no alerts are sent',
  (env) => !env.ALERT_WEBHOOK_SECRET || env.ALERT_WEBHOOK_URL !== undefined,
)

export const ENCRYPTED_URL = rule(
  'ALERT_WEBHOOK_URL',
  'must be an https address. With ALERT_ALLOW_PRIVATE=1 it may be http, and lead to this machine or its network',
  (env) => env.ALERT_ALLOW_PRIVATE !== undefined || !env.ALERT_WEBHOOK_URL?.startsWith('http:'),
)
