// The line below Code's button, in which the page says what has happened.

const FRESH_MS = 10_000 // a page that shows no notice leaves it in the tab's history, and it may be untrue once that is opened again

export function say(notice: string): void {
  const status = statusLine()
  if (status) status.textContent = notice
}

/** Removes a notice that no longer applies, unless another one has replaced it. */
export function unsay(notice: string): void {
  if (statusLine()?.textContent === notice) say('')
}

/** Shows a notice where the buyer looks once the window is closed. Returns true: close the window. */
export function stay(notice: string): true {
  say(notice)
  focusOn(statusLine())
  return true
}

export function focusOn(status: HTMLElement | null): void {
  if (status) status.tabIndex = -1
  status?.focus()
}

/** Reloads the page, which then shows the product or another offer, and says why. Returns true: close the window. */
export function showAgain(notice: string): true {
  history.replaceState({ notice, at: Date.now() }, '')
  location.reload()
  return true
}

/** Shows the notice for which the page was reloaded. */
export function showKeptNotice(): void {
  const { notice, at } = history.state ?? {}
  if (!notice) return
  history.replaceState(null, '')
  if (performance.timeOrigin - at < FRESH_MS) stay(notice) // however long the page took to load
}

function statusLine(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-pay-status]')
}
