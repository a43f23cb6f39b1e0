// Mounts Code's button for a tip. It goes to an account on X that its owner has linked to the wallet: the shop learns nothing of
// it, and nothing depends on it.

import * as code from '@code-wallet/elements'
import { texts } from '../texts.ts'
import { type Button, expectWindow, mountButton, type Offered, offerButton } from './mount-button.ts'
import { nameWindow } from './name-frames.ts'
import { stay } from './notice.ts'

/** Mounts the button of a tip card. */
export function offerTip(place: HTMLElement): void {
  const tip: Offered = { place, line: 'tip', create: () => createButton(tip) }
  offerButton(tip)
}

function createButton(tip: Offered): Button {
  const { platform: name, username } = tip.place.dataset
  const options = { mode: 'tip', platform: { name, username } } as Parameters<typeof code.elements.create>[1]
  const { button } = code.elements.create('button', options)
  if (!button) throw new TypeError('Code’s element created no button')
  button.on('invoke', async () => openWindow(tip))
  button.on('success', async () => stay(texts.tipThanks, 'tip'))
  button.on('cancel', async () => stay(texts.tipCancelled, 'tip'))
  button.on('error', async () => startOver(tip))
  return button
}

function openWindow(tip: Offered): void {
  nameWindow(texts.tipWindow)
  expectWindow(() => startOver(tip))
}

/** After an error, the element leaves its window open. The only way to close it is to unmount the whole element. */
function startOver(tip: Offered): true {
  mountButton(tip)
  return stay(texts.tipFailed, 'tip')
}
