import { type CANCEL_SYMBOL, cancel, intro, isCancel, password, select, text } from '@clack/prompts'
import {
  type Answers,
  checkAnswers,
  type Known,
  readGivenToken,
  refuseSecondName,
  type Way,
} from './answers.ts'
import {
  findFaultInDestination,
  findFaultInHost,
  findFaultInName,
  findFaultInToken,
  readHost,
} from './checks.ts'

/** The merchant has pressed Ctrl-C, Ctrl-D or Escape instead of an answer, or the process is to end. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

/**
 * Asks on the terminal for what the arguments don't say, with a check of each answer at once, until `stopping` ends it. Throws
 * Cancelled, LiveError.
 */
export async function askAnswers(known: Known, stopping: AbortSignal): Promise<Answers> {
  const { given, settings, isNamed } = known
  refuseSecondName(known)
  const signal = AbortSignal.any([stopping, endOfInput()])
  intro('Open this shop for real money')
  const destination = given.destination ?? (await askDestination(signal, settings.CODE_DESTINATION))
  const name = given.name ?? (isNamed ? undefined : await askName(signal))
  const way = await askWay(signal, known)
  return checkAnswers({ destination, name, way }) // what arguments have said, too
}

/** Ends when nothing can be typed any more, as after Ctrl-D. A prompt doesn't notice, and Node would end without a word. */
function endOfInput(): AbortSignal {
  const ending = new AbortController()
  process.once('beforeExit', () => ending.abort())
  return ending.signal
}

function askDestination(signal: AbortSignal, current = ''): Promise<string> {
  const isUsable = findFaultInDestination(current) === undefined
  return answer(
    text({
      signal,
      message: 'Which deposit address gets the money? The Code app shows yours.',
      placeholder: 'a text of about 44 letters and digits',
      ...(isUsable && { initialValue: current }),
      validate: (typed = '') => findFaultInDestination(typed.trim()),
    }),
  )
}

function askName(signal: AbortSignal): Promise<string> {
  return answer(
    text({
      signal,
      message: 'What is the shop’s name? Buyers see it on every page.',
      placeholder: 'Corner Library',
      validate: (typed = '') => findFaultInName(typed.trim()),
    }),
  )
}

async function askWay(signal: AbortSignal, { given, settings }: Known): Promise<Way> {
  const kind = given.try ? 'try' : given.tunnel ? 'tunnel' : given.domain ? 'domain' : await askKind(signal)
  if (kind === 'try') return { kind }
  const host =
    given.domain === undefined ? await askHost(signal, settings.PUBLIC_URL) : readHost(given.domain)
  if (kind === 'domain') return { kind, host }
  return { kind, host, token: readGivenToken(given, settings) || (await askToken(signal)) }
}

function askKind(signal: AbortSignal): Promise<Way['kind']> {
  const hint = {
    try: 'free, no account; it changes at every start',
    tunnel: 'Cloudflare leads it to this machine',
    domain: 'nginx, Caddy or the like leads it to this shop',
  }
  return unlessCancelled(
    select<Way['kind']>({
      signal,
      message: 'How do buyers reach the shop?',
      options: [
        { value: 'try', label: 'To try: a temporary address, by a tunnel', hint: hint.try },
        { value: 'tunnel', label: 'To sell: my own domain, by a tunnel', hint: hint.tunnel },
        { value: 'domain', label: 'To sell: my own domain, by my own web server', hint: hint.domain },
      ],
    }),
  )
}

async function askHost(signal: AbortSignal, current = ''): Promise<string> {
  const host = readHost(current)
  const typed = await answer(
    text({
      signal,
      message: 'Which address do buyers open?',
      placeholder: 'shop.example.org',
      ...(findFaultInHost(host) === undefined && { initialValue: host }),
      validate: (typed = '') => findFaultInHost(readHost(typed)),
    }),
  )
  return readHost(typed)
}

function askToken(signal: AbortSignal): Promise<string> {
  return answer(
    password({
      signal,
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
