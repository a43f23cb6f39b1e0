// Mounts Code's button for a tip. It goes to an account on X that its owner has linked to the wallet: the shop learns nothing of
// it, and nothing depends on it.

import * as code from '@code-wallet/elements'
import { texts } from '../texts.ts'
import { type Button, mountIn } from './mount-button.ts'
import { focusOn } from './notice.ts'

/** Mounts the button of a tip card. */
export function offerTip(place: HTMLElement): void {
  const { platform: name, username } = place.dataset
  const options = { mode: 'tip', platform: { name, username } } as Parameters<typeof code.elements.create>[1]
  const { button } = code.elements.create('button', options)
  if (!button) throw new TypeError('Code’s element created no button')
  button.on('success', async () => say(texts.tipThanks))
  button.on('cancel', async () => say(''))
  button.on('error', async () => startOver(place, button))
  mountIn(place, button)
}

/** Returns true: the element must not navigate by itself. */
function say(words: string): true {
  const status = statusLine()
  if (status) status.textContent = words
  return true
}

/** After an error, the element leaves its window open. The only way to close it is to unmount the whole element. */
function startOver(place: HTMLElement, button: Button): true {
  button.unmount()
  offerTip(place)
  say(texts.tipFailed)
  focusOn(statusLine())
  return true
}

function statusLine(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-tip-status]')
}
