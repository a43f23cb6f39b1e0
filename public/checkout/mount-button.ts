// Mounts Code's buttons, and notices if one of their frames doesn't load: no event reports that.

import type * as code from '@code-wallet/elements'
import { texts } from '../texts.ts'
import { WINDOW } from './name-frames.ts'
import { type Line, sayAlso, unsay } from './notice.ts'

export type Button = NonNullable<ReturnType<typeof code.elements.create>['button']>

/** A place on the page for one of Code's buttons. */
export interface Offered {
  place: HTMLElement
  /** Where the page says what has happened to it */
  line: Line
  /** Creates a button with its handlers: each is mounted once */
  create(): Button
  /** The one that is mounted now */
  button?: Button
  /** Looks whether the button is there */
  look?: ReturnType<typeof setTimeout>
  isLoaded?: boolean
}

const FRAME_DEADLINE_MS = 10_000

/** Mounts a button in its place, and another one whenever a missing one may load after all. */
export function offerButton(offered: Offered): void {
  addEventListener('message', (event) => noteLoaded(offered, event))
  addEventListener('online', () => retryMissing(offered))
  addEventListener('visibilitychange', () => retryMissing(offered))
  mountButton(offered)
}

/** Mounts a new button. That also closes the window of the one before. */
export function mountButton(offered: Offered): void {
  offered.button?.unmount()
  offered.button = offered.create()
  const mount = document.createElement('div') // an element can't be mounted where another one has been
  offered.place.replaceChildren(mount)
  offered.button.mount(mount)
  offered.isLoaded = false
  clearTimeout(offered.look)
  offered.look = setTimeout(lookForButton, FRAME_DEADLINE_MS, offered)
}

/** The button's frame reports its size as soon as it runs. */
function noteLoaded(offered: Offered, { data, source }: MessageEvent): void {
  const { place, line } = offered
  const isOurs = source === place.querySelector('iframe')?.contentWindow // and not another button's
  if (!isOurs || data?.payload?.event !== 'resize') return
  offered.isLoaded = true
  delete place.dataset.missing
  unsay(texts.noButton, line)
}

/** A browser's extension may have removed or hidden a frame that had loaded. */
function lookForButton(offered: Offered): void {
  const frame = offered.place.querySelector('iframe')
  if (!offered.isLoaded || !frame?.offsetHeight) reportMissing(offered)
}

/** Hides a button that is late, since its frame may show a browser's error. */
function reportMissing({ place, line }: Offered): void {
  place.dataset.missing = ''
  sayAlso(texts.noButton, line)
}

function retryMissing(offered: Offered): void {
  if (offered.place.dataset.missing !== undefined && document.visibilityState === 'visible')
    mountButton(offered)
}

/**
 * Calls `giveUp` if nothing of the window that is open now arrives in time: until then, it is an empty frame over the whole page,
 * which nobody can close. One that is only slow stays, as a payment may be on its way in it.
 */
export function expectWindow(giveUp: () => void): void {
  const frame = document.querySelector<HTMLIFrameElement>(`iframe[name="${WINDOW}"]`)
  setTimeout(() => {
    if (frame?.isConnected && isEmpty(frame)) giveUp()
  }, FRAME_DEADLINE_MS)
}

/** Until the first answer of its host arrives, a frame has an empty document, which belongs to the page. */
function isEmpty({ contentDocument }: HTMLIFrameElement): boolean {
  return contentDocument?.URL === 'about:blank'
}
