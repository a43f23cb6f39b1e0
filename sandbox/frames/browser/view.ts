// The panel's document: which parts are shown, the texts in them, and the buttons.

import { base } from './request.ts'
import { fill, inDigits } from './said.ts'
import type { User } from './wallet.ts'

export type State = 'preparing' | 'deciding' | 'approved' | 'done' | 'failed'

const STREAM_LIFE_S = 60

const panel = get<HTMLElement>('[data-panel]')

/** Opens the panel over the page, or in it. Escape and Tab stay inside the panel, as in any dialog. */
export function openView(close: () => void): void {
  document.body.dataset.open = ''
  if (!(panel instanceof HTMLDialogElement)) return
  panel.addEventListener('cancel', (event) => {
    event.preventDefault() // the page removes the frame
    close()
  })
  panel.addEventListener('keydown', keepFocus)
  panel.showModal()
  get('h1').focus() // browsers ignore `autofocus` in a cross-origin frame
}

/** Shows the parts that belong to a state, together with a status message. */
export function show(state: State, said = ''): void {
  for (const element of all('[data-while]')) {
    element.hidden = !element.dataset.while?.split(' ').includes(state)
  }
  say(said)
}

/** Shows a status message, which screen readers announce. */
export function say(text: string): void {
  get('[data-said]').textContent = text
}

/** Writes texts into the places with their names. Rows without a text are hidden. */
export function fillIn(texts: Record<string, string | undefined>): void {
  for (const [name, text] of Object.entries(texts)) {
    for (const place of all(`[data-text="${name}"]`)) place.textContent = text ?? ''
    for (const row of all(`[data-row="${name}"]`)) row.hidden = !text
  }
}

/** Points links and pictures at one intent. */
export function leadTo(intent: string): void {
  for (const link of all<HTMLAnchorElement>('a[data-path]')) {
    link.href = new URL(`${link.dataset.path}${intent}`, base).href
  }
  for (const picture of all<HTMLImageElement>('img[data-path]')) {
    picture.src = new URL(`${picture.dataset.path}${intent}`, base).href
  }
}

export function press(name: string, act: () => void): void {
  for (const button of all(`[data-press="${name}"]`)) button.addEventListener('click', act)
}

export function setBusy(isBusy: boolean): void {
  for (const button of all<HTMLButtonElement>('[data-press="approve"], [data-press="reject"]')) {
    button.disabled = isBusy
  }
}

export function offerUsers(users: readonly User[]): void {
  const choice = get<HTMLSelectElement>('[data-users]')
  const numbers = new Intl.NumberFormat(document.body.dataset.locale)
  const shown = ({ name, kin }: User) => fill(choice.dataset.users ?? '', { name, kin: numbers.format(kin) })
  choice.replaceChildren(...users.map((user) => new Option(shown(user), user.user)))
}

export function chosenUser(): string {
  return get<HTMLSelectElement>('[data-users]').value
}

/** Counts down the seconds until the stream ends. */
export function countDown(): void {
  const endsAt = performance.now() + STREAM_LIFE_S * 1_000
  const count = () => {
    const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1_000))
    fillIn({ left: inDigits(left) })
    for (const meter of all<HTMLProgressElement>('[data-left]')) meter.value = left
    if (left > 0) setTimeout(count, 1_000)
  }
  count()
}

/** Keeps the focus inside the frame. Otherwise Tab would continue in the page behind it. */
function keepFocus(event: KeyboardEvent): void {
  if (event.key !== 'Tab') return
  const stops = all<HTMLElement>('a[href], button:enabled, select, summary').filter(
    (stop) => stop.offsetParent !== null,
  )
  const ends = [stops[0], stops[stops.length - 1]]
  const [first, last] = event.shiftKey ? ends.reverse() : ends
  const isAtEdge = document.activeElement === last || !stops.includes(document.activeElement as HTMLElement)
  if (!isAtEdge) return
  event.preventDefault()
  first?.focus()
}

function all<T extends HTMLElement = HTMLElement>(selector: string): T[] {
  return [...document.querySelectorAll<T>(selector)]
}

function get<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector)
  if (!found) throw new TypeError(`the document has no ${selector}`)
  return found
}
