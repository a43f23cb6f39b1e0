// The panel's document: what is shown while, what is written where, what is pressed.

import { base } from './request.ts'
import type { User } from './wallet.ts'

export type State = 'preparing' | 'deciding' | 'approved' | 'done' | 'failed'

const STREAM_LIFE_S = 60

const panel = get<HTMLElement>('[data-panel]')

/** Opens the panel over the page, or in it. Escape and Tab stay inside, as in any dialog. */
export function openView(close: () => void): void {
  document.body.dataset.open = ''
  if (!(panel instanceof HTMLDialogElement)) return
  panel.addEventListener('cancel', (event) => {
    event.preventDefault() // the page takes the frame away
    close()
  })
  panel.addEventListener('keydown', keepFocus)
  panel.showModal()
  get('h1').focus() // `autofocus` is refused in a frame of another origin
}

/** Shows what belongs to a state, in one step with what is said about it. */
export function show(state: State, said = ''): void {
  for (const element of all('[data-while]')) {
    element.hidden = !element.dataset.while?.split(' ').includes(state)
  }
  say(said)
}

/** Told to screen readers, too. */
export function say(text: string): void {
  get('[data-said]').textContent = text
}

/** Writes texts where the document has a place for them; the rows of those that are missing stay away. */
export function fillIn(texts: Record<string, string | undefined>): void {
  for (const [name, text] of Object.entries(texts)) {
    for (const place of all(`[data-text="${name}"]`)) place.textContent = text ?? ''
    for (const row of all(`[data-row="${name}"]`)) row.hidden = !text
  }
}

/** Leads links and pictures to the pages of one intent. */
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
  const kin = new Intl.NumberFormat()
  const options = users.map((user) => new Option(`${user.name}, ${kin.format(user.kin)} kin`, user.user))
  get<HTMLSelectElement>('[data-users]').replaceChildren(...options)
}

export function chosenUser(): string {
  return get<HTMLSelectElement>('[data-users]').value
}

/** Counts the seconds of the stream's minute. */
export function countDown(): void {
  const endsAt = performance.now() + STREAM_LIFE_S * 1_000
  const count = () => {
    const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1_000))
    fillIn({ left: String(left) })
    for (const meter of all<HTMLProgressElement>('[data-left]')) meter.value = left
    if (left > 0) setTimeout(count, 1_000)
  }
  count()
}

/** A frame's document ends at its edge; without this, Tab would go on in the page behind it. */
function keepFocus(event: KeyboardEvent): void {
  if (event.key !== 'Tab') return
  const stops = all<HTMLElement>('a[href], button:enabled, select, summary').filter(
    (stop) => stop.offsetParent !== null,
  )
  const [first, last] = event.shiftKey ? [stops.at(-1), stops[0]] : [stops[0], stops.at(-1)]
  const isAtTheEnd = document.activeElement === last || !stops.includes(document.activeElement as HTMLElement)
  if (!isAtTheEnd) return
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
