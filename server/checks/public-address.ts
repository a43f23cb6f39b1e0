import type { Config } from '../config/index.ts'
import { broken, couldNotCheck, type Finding, type Found, fine, lookAtThis } from '../finding.ts'
import { isPublic } from './addresses.ts'
import { checkCertificate } from './certificate.ts'
import { blameClock } from './clock.ts'
import { type Answer, askOrFail, NoAnswer } from './network.ts'
import { problemOf } from './own-answer.ts'
import { findAddresses, findAddressesByDns, type Subject } from './subject.ts'

const LATE = 'Code cannot deliver webhooks, and buyers cannot open the shop'
const LOCAL =
  'Buyers and wallets cannot open the shop there. Webhooks arrive all the same: the sandbox in this shop delivers them on this machine'

/** Whether the public address leads here: its name, its certificate, and no detours. */
export async function checkPublicAddress(subject: Subject): Promise<Finding[]> {
  const publicUrl = subject.config.publicUrl()
  if (publicUrl === undefined)
    return [
      {
        check: 'public-address',
        lookedAt: 'PUBLIC_URL',
        ...couldNotCheck('It is not set: the shop can only be opened on this machine.'),
      },
    ]
  const url = new URL(publicUrl)
  const [dns, certificate, redirects] = await Promise.all([
    checkName(subject, url),
    url.protocol === 'https:' ? checkCertificate(subject, url, lateFor(subject.config)) : undefined,
    checkRedirects(subject, publicUrl),
  ])
  return [dns, ...(certificate ? [certificate] : []), redirects]
}

/** What it means that nobody gets to the shop by its public address. */
function lateFor({ embeddedSandbox }: Config): string {
  return embeddedSandbox ? LOCAL : LATE
}

async function checkName(subject: Subject, url: URL): Promise<Finding> {
  const addresses = await findAddresses(subject, url.href)
  const isInside = !(addresses instanceof NoAnswer) && addresses.some((address) => !isPublic(address))
  const others = isInside ? await findAddressesByDns(subject, url.href) : []
  return {
    check: 'dns',
    lookedAt: `The name ${url.hostname}`,
    ...(isInside && others.length > 0 && others.every(isPublic)
      ? namedHere(addresses, others)
      : judgeName(addresses, subject.config)),
  }
}

/** Debian's installer, for example, gives a machine's own name the address 127.0.1.1. */
function namedHere(addresses: readonly string[], others: readonly string[]): Found {
  return lookAtThis(
    `It leads to ${others.join(', ')}, but this machine’s /etc/hosts says otherwise: ${addresses.join(', ')}. So this machine does not see what buyers and Code see there.`,
    'Remove the name from /etc/hosts, and run this again.',
  )
}

function judgeName(addresses: readonly string[] | NoAnswer, config: Config): Found {
  if (addresses instanceof NoAnswer)
    return couldNotCheck(
      `This machine could not look it up: ${addresses.message}. Whether others can is not known.`,
      'Check the network and the name servers of this machine, and run this again.',
    )
  if (addresses.length === 0)
    return broken(
      `It leads nowhere (DNS). ${lateFor(config)}.`,
      'Make an entry for it at whoever runs your domain’s DNS, or correct PUBLIC_URL. A new entry may take an hour.',
    )
  const shown = addresses.join(', ')
  const inside = addresses.filter((address) => !isPublic(address))
  if (inside.length === 0) return fine(`It leads to ${shown}.`)
  if (inside.length < addresses.length)
    return lookAtThis(
      `It leads to ${shown}, of which ${inside.join(', ')} can only be reached from this machine or network. A client that tries that one first has to wait, or cannot open the shop.`,
      'Remove that entry at whoever runs your domain’s DNS, or from /etc/hosts on this machine.',
    )
  return config.mode === 'live'
    ? broken(
        `It leads to ${shown}, which is only reachable from this machine or network. ${LATE}.`,
        'Let it lead to an address on the internet: that of your server, or of a tunnel.',
      )
    : fine(`It leads to ${shown}, in this machine’s own network, which is enough for test money.`)
}

const PATHS = ['/', '/webhook'] // each asked by GET, which changes nothing
const CHECK = '?check' // so that the shop doesn’t take it for a webhook that was redirected

/** Redirects are reported, and not followed. */
async function checkRedirects(subject: Subject, publicUrl: string): Promise<Finding> {
  const { config, network, signal } = subject
  const answers = await Promise.all(
    PATHS.map((path) => askOrFail(network, `${publicUrl}${path}${CHECK}`, { signal })),
  )
  const redirects = answers.flatMap((answer, index) =>
    !(answer instanceof NoAnswer) && answer.status >= 300 && answer.status < 400
      ? [`${publicUrl}${PATHS[index]} leads on to ${answer.headers.location?.replace(CHECK, '')}`]
      : [],
  )
  return {
    check: 'redirects',
    lookedAt: `${publicUrl}, and whether it leads elsewhere`,
    ...((await blameClock(subject, answers)) ??
      judgeRedirects(publicUrl, redirects, answers, lateFor(config))),
  }
}

function judgeRedirects(
  publicUrl: string,
  redirects: readonly string[],
  answers: readonly (Answer | NoAnswer)[],
  late: string,
): Found {
  if (redirects.length > 0)
    return broken(
      `${redirects.join('; ')}. Orders are accepted only from PUBLIC_URL itself, and a webhook that is led on is lost.`,
      'Set PUBLIC_URL to the address at which the pages really are, or remove the redirect.',
    )
  const failure = answers.find((answer) => answer instanceof NoAnswer)
  if (failure)
    return broken(
      `It cannot be opened: ${failure.message}. ${late}.`,
      'Start the shop and its tunnel or proxy.',
    )
  const answered = answers.flatMap((answer) => (answer instanceof NoAnswer ? [] : [answer]))
  const statuses = [...new Set(answered.map(({ status }) => status))]
  if (!answered.some(problemOf))
    return broken(
      `The answer is not the shop’s (HTTP status ${statuses.join(' and ')}). Something else is at that address, or stands in the way and keeps out programs, such as those that deliver Code’s webhooks. Buyers may not be able to open the shop either.`,
      `Start the shop, make ${publicUrl} lead to it, and let programs in: no page that asks whether a visitor is human, no password.`,
    )
  return fine('It is the shop’s own address.')
}
