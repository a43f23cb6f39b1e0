// The test wallet in a frame: shows the request, takes the decision, and reports the outcome to the page.

import type { Channel } from './channel.ts'
import { base, deriveIntent, ensureRequested, type Intent, openStream } from './request.ts'
import { said } from './said.ts'
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

interface PanelRequest {
  channel: Channel
  options: Options
  intent: Intent
  id: string
  /** The protocol's event for a rejection in this mode, and for a frame that the buyer closes */
  rejection: string
  /** Reports the outcome to the page, once */
  end(event: string, state: State, said?: string): Promise<void>
}

/** Opens the panel, and fills it once the page has sent all its options. */
export async function openPanel(channel: Channel, settled: Promise<Options>): Promise<void> {
  const rejection = channel.options.mode === 'login' ? 'clientRejectedLogin' : 'clientRejectedPayment'
  const close = () => channel.emit(rejection) // the intent can still be paid
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

function createEnding(channel: Channel): PanelRequest['end'] {
  let isOver = false
  return async (event, state, said) => {
    if (isOver) return
    isOver = true
    show(state, said)
    await answered() // the page removes the frame, which would abort a decision's request
    channel.emit(event)
  }
}

/** Shows a failure. Unlike an ending, it leaves the frame on the page: the SDK doesn't close it. */
function fail(channel: Channel, reason: string): void {
  show('failed', reason)
  channel.emit('error', reason)
}

async function take(channel: Channel, options: Options, rejection: string): Promise<void> {
  const intent = deriveIntent(options)
  const asked = { channel, options, rejection, intent, id: intent.getIntentId(), end: createEnding(channel) }
  fillIn({ asked: askedFor(options), ...details(options), intent: asked.id })
  if (options.mode === 'tip') return offerTip(asked)
  leadTo(asked.id) // first, since the trace and the faults explain why a request fails
  const isSubmitted = await ensureRequested(intent, options)
  if (document.body.dataset.device === 'desktop') await offerDecision(asked)
  await follow(asked)
  if (document.body.dataset.device === 'mobile') offerWallet(asked, isSubmitted)
}

/** Offers a tip. No server knows of it, so pressing a button only sends the event. */
function offerTip({ channel, rejection, end }: PanelRequest): void {
  show('deciding')
  press('reject', () => end(rejection, 'failed', said.rejected))
  press('approve', () => {
    channel.emit('codeScanned')
    end('intentSubmitted', 'done')
  })
}

async function offerDecision({ id, rejection, end }: PanelRequest): Promise<void> {
  offerUsers(await getUsers())
  // Only the stream may report an approval: the wallet's answer is not the sequencer's.
  press('approve', () => submit(id, 'approve', said.approving))
  press('reject', async () => {
    if (await submit(id, 'reject', said.rejected)) end(rejection, 'failed', said.rejected)
  })
  show('deciding')
}

/** Offers the wallet's page. On a phone the wallet is a separate app; here it is a page that leads back to the shop. */
function offerWallet({ channel, options, id }: PanelRequest, isSubmitted: boolean): void {
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

/** Forwards the stream's messages to the page until the stream ends. */
async function follow({ channel, intent, id, rejection, end }: PanelRequest): Promise<void> {
  // The stream repeats an earlier rejection, which is not the answer to this attempt.
  let isOld = await wasRejected(id)
  await openStream(intent, {
    receive(event) {
      if (event === 'intentSubmitted') end(event, 'done')
      else if (event === rejection && !isOld) end(event, 'failed', said.rejected)
      else if (event === 'codeScanned') {
        say(said.scanned)
        channel.emit(event)
      }
      if (event === rejection) isOld = false
    },
    refused: (reason) => fail(channel, reason),
    timedOut: () => end('streamTimeout', 'failed', said.timedOut),
    closed: () => end('streamClosed', 'failed', said.closed),
  })
  countDown()
}
