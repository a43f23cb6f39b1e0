// The line below Code's button, in which the page says what has happened.

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
  history.replaceState({ notice }, '')
  location.reload()
  return true
}

/** Shows the notice for which the page was reloaded. */
export function showKeptNotice(): void {
  if (!history.state?.notice) return
  stay(history.state.notice)
  history.replaceState(null, '')
}

function statusLine(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-pay-status]')
}
