// The button's frame: reports its size and every click to the page.

import { openChannel } from './channel.ts'

const channel = openChannel()
const button = document.querySelector<HTMLButtonElement>('[data-invoke]')

if (channel && button) {
  const { appearance } = channel.options
  if (appearance === 'dark' || appearance === 'light') document.body.dataset.appearance = appearance
  button.addEventListener('click', () => channel.emit('invoke', {}))
  button.disabled = false // until now, a click would have been lost
  const { offsetWidth: width, offsetHeight: height } = document.documentElement
  channel.emit('resize', { width, height })
}
