// The pretended wallet in a frame: shows what is asked for, takes the decision, and tells the page what came of it.

import type { Channel } from './channel.ts'
import { base, deriveIntent, ensureRequested, type Intent, openStream } from './request.ts'
import {
  chosenUser,
  countDown,
  fillIn,
  leadTo,
  offerUsers,
  openView,
  press,
  type State,
  say,
  setBusy,
  show,
} from './view.ts'
import { answered, decide, getUsers, wasRejected } from './wallet.ts'
import { askedFor, details } from './words.ts'

type Options = Record<string, unknown>

interface Asked {
  channel: Channel
  options: Options
  intent: Intent
  id: string
  /** The protocol's word for a rejection of this mode, and for a frame that the buyer closes */
  rejection: string
  /** Tells the page what came of it, once */
  end(event: string, state: State, said?: string): Promise<void>
}

const TIMED_OUT =
  'Nothing was decided for a minute, and then Code ends the stream. The request can still be paid.'
const CLOSED = 'The sequencer has ended the stream. The request can still be paid.'

/** Shows the panel; it fills when the page has said all that it wants. */
export async function openPanel(channel: Channel, settled: Promise<Options>): Promise<void> {
  const rejection = channel.options.mode === 'login' ? 'clientRejectedLogin' : 'clientRejectedPayment'
  const close = () => channel.emit(rejection) // the intent stays payable all the same
  press('close', close)
  show('preparing')
  fillIn({ asked: askedFor(channel.options), ...details(channel.options) })
  openView(close)
  try {
    await take(channel, await settled, rejection)
  } catch (error) {
    fail(channel, (error as Error).message)
  }
}

function createEnding(channel: Channel): Asked['end'] {
  let isOver = false
  return async (event, state, said) => {
    if (isOver) return
    isOver = true
    show(state, said)
    await answered() // the page takes the frame away, and would cut off the answer to a decision
    channel.emit(event)
  }
}

/** Unlike an ending, this leaves the frame on the page: the SDK doesn't close it. */
function fail(channel: Channel, reason: string): void {
  show('failed', reason)
  channel.emit('error', reason)
}

async function take(channel: Channel, options: Options, rejection: string): Promise<void> {
  const intent = deriveIntent(options)
  const asked = { channel, options, rejection, intent, id: intent.getIntentId(), end: createEnding(channel) }
  fillIn({ asked: askedFor(options), ...details(options), intent: asked.id })
  if (options.mode === 'tip') return offerTip(asked)
  const isSubmitted = await ensureRequested(intent, options)
  leadTo(asked.id)
  if (document.body.dataset.device === 'desktop') await offerDecision(asked)
  await follow(asked)
  if (document.body.dataset.device === 'mobile') offerWallet(asked, isSubmitted)
}

/** No server knows of a tip, and here no wallet does either: what is pressed is all that happens. */
function offerTip({ channel, rejection, end }: Asked): void {
  show('deciding')
  press('reject', () => end(rejection, 'failed', 'Rejected.'))
  press('approve', () => {
    channel.emit('codeScanned')
    end('intentSubmitted', 'done')
  })
}

async function offerDecision({ id, rejection, end }: Asked): Promise<void> {
  offerUsers(await getUsers())
  // An approval is told by the stream alone: what the wallet was answered isn't what the sequencer says.
  press('approve', () => submit(id, 'approve', 'Approved. Waiting for the sequencer to say so …'))
  press('reject', async () => {
    if (await submit(id, 'reject', 'Rejected.')) end(rejection, 'failed', 'Rejected.')
  })
  show('deciding')
}

/** The wallet of a phone is another program; here it is another page, which leads back to the shop. */
function offerWallet({ channel, options, id }: Asked, isSubmitted: boolean): void {
  const url = new URL(`pay/${id}`, base)
  if (options.successUrl) url.searchParams.set('success', String(options.successUrl))
  if (options.cancelUrl) url.searchParams.set('cancel', String(options.cancelUrl))
  const navigate = () => channel.emit('navigate', { url: url.href })
  press('wallet', navigate)
  show('deciding')
  if (document.body.dataset.place === 'modal' && !isSubmitted) navigate()
}

async function submit(id: string, decision: 'approve' | 'reject', done: string): Promise<boolean> {
  setBusy(true)
  try {
    await decide(id, decision, chosenUser())
    say(done)
    return true
  } catch (error) {
    say((error as Error).message)
    setBusy(false)
    return false
  }
}

/** Passes on what the stream tells, from when it is open until its minute is over. */
async function follow({ channel, intent, id, rejection, end }: Asked): Promise<void> {
  // What is kept is told again: an earlier rejection is not the answer of a buyer who asks anew.
  let isOld = await wasRejected(id)
  await openStream(intent, {
    hear(event) {
      if (event === 'intentSubmitted') end(event, 'done')
      else if (event === rejection && !isOld) end(event, 'failed', 'Rejected.')
      else if (event === 'codeScanned') {
        say('The code was scanned: the wallet that did it can decide, too.')
        channel.emit(event)
      }
      if (event === rejection) isOld = false
    },
    refused: (reason) => fail(channel, reason),
    timedOut: () => end('streamTimeout', 'failed', TIMED_OUT),
    closed: () => end('streamClosed', 'failed', CLOSED),
  })
  countDown()
}
