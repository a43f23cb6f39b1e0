import { type CANCEL_SYMBOL, cancel, intro, isCancel, password, select, text } from '@clack/prompts'
import { type Answers, checkAnswers, type Known, readGivenToken, type Way } from './answers.ts'
import {
  findFaultInDestination,
  findFaultInHost,
  findFaultInName,
  findFaultInToken,
  readHost,
} from './checks.ts'

/** The merchant has pressed Ctrl-C or Escape instead of an answer. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

/** Asks on the terminal for what the arguments don't say, with a check of each answer at once. Throws Cancelled, LiveError. */
export async function askAnswers(known: Known): Promise<Answers> {
  const { given, settings, isNamed } = known
  intro('Open this shop for real money')
  const destination = given.destination ?? (await askDestination(settings.CODE_DESTINATION))
  const name = given.name ?? (isNamed ? undefined : await askName())
  const way = await askWay(known)
  return checkAnswers({ destination, name, way }) // what arguments have said, too
}

function askDestination(current = ''): Promise<string> {
  const isUsable = findFaultInDestination(current) === undefined
  return answer(
    text({
      message: 'Which deposit address gets the money? The Code app shows yours.',
      placeholder: 'a text of about 44 letters and digits',
      ...(isUsable && { initialValue: current }),
      validate: (typed = '') => findFaultInDestination(typed.trim()),
    }),
  )
}

function askName(): Promise<string> {
  return answer(
    text({
      message: 'What is the shop’s name? Buyers see it on every page.',
      placeholder: 'Corner Library',
      validate: (typed = '') => findFaultInName(typed.trim()),
    }),
  )
}

async function askWay({ given, settings }: Known): Promise<Way> {
  const kind = given.try ? 'try' : given.tunnel ? 'tunnel' : given.domain ? 'domain' : await askKind()
  if (kind === 'try') return { kind }
  const host = given.domain === undefined ? await askHost(settings.PUBLIC_URL) : readHost(given.domain)
  if (kind === 'domain') return { kind, host }
  return { kind, host, token: readGivenToken(given, settings) || (await askToken()) }
}

function askKind(): Promise<Way['kind']> {
  const hint = {
    try: 'free, no account; it changes at every start',
    tunnel: 'Cloudflare leads it to this machine',
    domain: 'nginx, Caddy or the like leads it to this shop',
  }
  return unlessCancelled(
    select<Way['kind']>({
      message: 'How do buyers reach the shop?',
      options: [
        { value: 'try', label: 'To try: a temporary address, by a tunnel', hint: hint.try },
        { value: 'tunnel', label: 'To sell: my own domain, by a tunnel', hint: hint.tunnel },
        { value: 'domain', label: 'To sell: my own domain, by my own web server', hint: hint.domain },
      ],
    }),
  )
}

async function askHost(current = ''): Promise<string> {
  const host = readHost(current)
  const typed = await answer(
    text({
      message: 'Which address do buyers open?',
      placeholder: 'shop.example.org',
      ...(findFaultInHost(host) === undefined && { initialValue: host }),
      validate: (typed = '') => findFaultInHost(readHost(typed)),
    }),
  )
  return readHost(typed)
}

function askToken(): Promise<string> {
  return answer(
    password({
      message: 'What is the tunnel’s token? Cloudflare shows it with the tunnel. It isn’t shown here.',
      validate: (typed = '') => findFaultInToken(typed.trim()),
    }),
  )
}

async function answer(prompt: Promise<string | typeof CANCEL_SYMBOL>): Promise<string> {
  return (await unlessCancelled(prompt)).trim()
}

async function unlessCancelled<T>(prompt: Promise<T | typeof CANCEL_SYMBOL>): Promise<T> {
  const given = await prompt
  if (!isCancel(given)) return given as T
  cancel('Nothing was changed.')
  throw new Cancelled()
}
