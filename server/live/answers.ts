import { readFileSync } from 'node:fs'
import type { Given } from './arguments.ts'
import {
  findFaultInDestination,
  findFaultInHost,
  findFaultInName,
  findFaultInToken,
  readHost,
} from './checks.ts'
import { LiveError } from './live-error.ts'

/** How others reach the shop: for a trial, or at a host name of the merchant's own, with or without a tunnel. */
export type Way =
  | { kind: 'try' }
  | { kind: 'tunnel'; host: string; token: string }
  | { kind: 'domain'; host: string }

/** What the merchant wants. */
export interface Answers {
  destination: string
  /** Undefined if the shop has a name, or is to keep the default one */
  name: string | undefined
  way: Way
}

/** What is known before anything is asked. */
export interface Known {
  given: Given
  /** What is set already, in .env or in the environment */
  settings: Record<string, string | undefined>
  /** Whether catalog/shop.yaml has a name */
  isNamed: boolean
}

const LONGEST_TOKEN = 10_000 // bytes

/** Takes all answers from the arguments and from what is set already. Throws a LiveError that says what is missing or wrong. */
export function takeAnswers(known: Known): Answers {
  const { given, settings } = known
  refuseSecondName(known)
  const destination = given.destination ?? settings.CODE_DESTINATION ?? ''
  return checkAnswers({ destination, name: given.name, way: takeWay(given, settings) })
}

/** Throws a LiveError if the shop has a name, and is to get another one. */
export function refuseSecondName({ given, isNamed }: Known): void {
  if (given.name !== undefined && isNamed)
    throw new LiveError('--name: catalog/shop.yaml has a name already. Change it there. Nothing was changed.')
}

function takeWay(given: Given, settings: Known['settings']): Way {
  if (given.try) return { kind: 'try' }
  const isTunnel = given.tunnel || (given.domain === undefined && Boolean(settings.TUNNEL_TOKEN))
  const host = readHost(given.domain ?? settings.PUBLIC_URL ?? '')
  if (host === '')
    throw new LiveError(
      'The address is missing: --try for a temporary one, or --domain with one of your own. Nothing was changed.',
    )
  return isTunnel
    ? { kind: 'tunnel', host, token: readGivenToken(given, settings) }
    : { kind: 'domain', host }
}

/** Throws a LiveError that says what is wrong with the first answer that is. */
export function checkAnswers(answers: Answers): Answers {
  const { destination, name, way } = answers
  const faults = [
    findFaultInDestination(destination),
    name === undefined ? undefined : findFaultInName(name),
    way.kind === 'try' ? undefined : findFaultInHost(way.host),
    way.kind === 'tunnel' ? findFaultInToken(way.token) : undefined,
  ]
  const fault = faults.find((found) => found !== undefined)
  if (fault !== undefined) throw new LiveError(`${fault} Nothing was changed.`)
  return answers
}

/** Returns the tunnel's token, from standard input or from what is set. Empty if there is none. */
export function readGivenToken(given: Given, settings: Known['settings']): string {
  if (!given['token-stdin']) return settings.TUNNEL_TOKEN ?? ''
  const text = readFileSync(0, 'utf8').trim()
  return text.length > LONGEST_TOKEN ? '' : text
}
