// Mounts Code's button for a tip. It goes to an account on X that its owner has linked to the wallet: the shop learns nothing of
// it, and nothing depends on it.

import * as code from '@code-wallet/elements'
import { texts } from '../texts.ts'

/** Mounts the button of a tip card. */
export function offerTip(place: HTMLElement): void {
  const { platform: name, username } = place.dataset
  const status = document.querySelector<HTMLElement>('[data-tip-status]')
  const say = (words: string) => {
    if (status) status.textContent = words
  }
  const options = { mode: 'tip', platform: { name, username } } as Parameters<typeof code.elements.create>[1]
  const { button } = code.elements.create('button', options)
  if (!button) throw new TypeError('Code’s element created no button')
  button.on('success', async () => {
    say(texts.tipThanks)
    return true
  })
  button.on('cancel', async () => {
    say('')
    return true
  })
  button.on('error', async () => say(texts.tipFailed))
  button.mount(place)
}
