import { composeStatusCall, isAnswer, readStatusAnswer } from '../code/index.ts'
import type { Config } from '../config/index.ts'
import { broken, couldNotCheck, type Finding, type Found, fine, lookAtThis } from '../finding.ts'
import { blameClock } from './clock.ts'
import { mayFrame } from './may-frame.ts'
import { type Answer, askOrFail, NoAnswer } from './network.ts'
import type { Subject } from './subject.ts'
import { checkKey } from './webhook-key.ts'

const SLOW_MS = 1_500 // an order makes several calls, one after the other
const FRAMES = ['payment-request-button', 'payment-request-modal-desktop', 'payment-request-modal-mobile']
const CALL_HEADERS = { 'Content-Type': 'application/octet-stream', 'User-Agent': 'node' } // as the shop's own calls

/** Whether Code answers, its button can be loaded, and the shop would recognise its webhooks. */
export async function checkCode(subject: Subject): Promise<Finding[]> {
  const [sequencer, frames, key] = await Promise.all([
    checkSequencer(subject),
    checkFrames(subject),
    checkKey(subject),
  ])
  return [sequencer, frames, key]
}

async function checkSequencer(subject: Subject): Promise<Finding> {
  const { config, network, signal } = subject
  const { endpoint } = config
  const answer = await askOrFail(network, `${endpoint}/api/`, {
    method: 'POST',
    headers: CALL_HEADERS,
    body: composeStatusCall(),
    signal,
  })
  return {
    check: 'sequencer',
    lookedAt: `${nameOf(config)} at ${endpoint}, asked for the status of an intent that does not exist`,
    ...((await blameClock(subject, [answer])) ??
      (isNotRunning(answer, config) ? NOT_RUNNING : judgeSequencer(answer, config))),
  }
}

function nameOf({ mode }: Config): string {
  return mode === 'live' ? 'Code' : 'The sandbox'
}

const NOT_RUNNING = couldNotCheck(
  'The shop is not running, and so neither is the sandbox in it.',
  'Start it with npm start, and run this again beside it.',
)

const RESTART = 'Restart the shop: the sandbox is part of it.'

/** The embedded sandbox is part of the shop. */
function isNotRunning(answer: Answer | NoAnswer, { embeddedSandbox }: Config): boolean {
  return embeddedSandbox && answer instanceof NoAnswer && answer.code === 'ECONNREFUSED'
}

function judgeSequencer(answer: Answer | NoAnswer, config: Config): Found {
  if (answer instanceof NoAnswer) return unreachable(`${capital(answer.message)}.`, config)
  const status = isAnswer(answer.status) ? readStatusAnswer(answer.body) : undefined
  if (status === undefined)
    return unreachable(`It answered, but not as Code does (HTTP status ${answer.status}).`, config)
  const ms = Math.round(answer.ms)
  if (typeof status === 'object')
    return lookAtThis(
      `It answered after ${ms} ms, but rejected the question: ${status.refusal.slice(0, 200)}. Whether it takes orders is not certain.`,
      'Make an order, and see in the log whether Code accepts it.',
    )
  if (ms > SLOW_MS)
    return lookAtThis(
      `It answered after ${ms} ms. A buyer waits several times as long for the payment code to appear, and may leave.`,
      'Run this again later. If it stays slow, look at this machine’s connection.',
    )
  return fine(`It answered after ${ms} ms.`)
}

function unreachable(what: string, { mode, embeddedSandbox }: Config): Found {
  return mode === 'live'
    ? broken(
        `${what} This shop cannot take real payments through Code now: buyers see that payment is not possible, and nobody is charged.`,
        'Try again later, and see whether Code’s app works. The service may have ended: Code’s public source has had no micropayment service since June 2025.',
      )
    : broken(
        `${what} Nobody can pay with test money.`,
        embeddedSandbox ? RESTART : 'Start the sandbox, or correct CODE_ENDPOINT.',
      )
}

async function checkFrames(subject: Subject): Promise<Finding> {
  const { config, network, signal } = subject
  const answers = await Promise.all(
    FRAMES.map((frame) => askOrFail(network, `${frameBase(config)}/${frame}/`, { headers: PAGE, signal })),
  )
  const problems = answers.map((answer) => findFrameProblem(answer, config))
  return {
    check: 'frames',
    lookedAt: `The frames of ${config.mode === 'live' ? 'Code’s' : 'the sandbox’s'} button at ${frameBase(config)}`,
    ...((await blameClock(subject, answers)) ??
      (answers.every((answer) => isNotRunning(answer, config))
        ? NOT_RUNNING
        : judgeFrames(problems, config))),
  }
}

const PAGE = {
  Accept: 'text/html',
  'Accept-Encoding': 'identity',
  'User-Agent': 'Mozilla/5.0 (Nickel doctor)',
}

/** The embedded sandbox is where the shop is, under a path. */
function frameBase({ elementsUrl, localUrl }: Config): string {
  return new URL(elementsUrl, localUrl).href.replace(/\/$/, '')
}

/** Returns why a page of the shop can't show this frame. */
function findFrameProblem(answer: Answer | NoAnswer, config: Config): string | undefined {
  if (answer instanceof NoAnswer) return answer.message
  const { status, headers } = answer
  if (status >= 300 && status < 400)
    return `it leads to ${headers.location}, from where pages may not load it`
  if (status !== 200) return `HTTP status ${status}`
  if (!/^text\/html/.test(headers['content-type'] ?? '')) return `it is no page (${headers['content-type']})`
  if (/^(?:deny|sameorigin)$/i.test(String(headers['x-frame-options'] ?? '')))
    return 'its host lets no other site show it (X-Frame-Options)'
  return mayFrame(String(headers['content-security-policy'] ?? ''), config.url())
    ? undefined
    : `its host doesn’t let ${config.url()} show it (frame-ancestors)`
}

function judgeFrames(problems: readonly (string | undefined)[], config: Config): Found {
  const [first] = problems
  const isCommon = problems.every((problem) => problem === first)
  if (isCommon && first === undefined)
    return fine('They load, so buyers see the button and the payment code.')
  const named = problems.flatMap((problem, index) => (problem ? [`${FRAMES[index]}: ${problem}`] : []))
  return broken(
    `${isCommon ? capital(first ?? '') : named.join('; ')}. ${
      config.mode === 'live'
        ? 'Buyers see no button or no payment code, so this shop cannot take real payments through Code now.'
        : 'Buyers see no button.'
    }`,
    remedyForFrames(config),
  )
}

function remedyForFrames(config: Config): string {
  const correct = 'If CODE_ELEMENTS_URL is set, correct it or leave it out.'
  if (config.mode === 'live') return `Try again later. ${correct}`
  if (config.embeddedSandbox) return `${RESTART} ${correct}`
  return `Start the sandbox with --allow-shop ${config.url()}, or correct CODE_ELEMENTS_URL.`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
