// The lines below Code's buttons, in which the page says what has happened.

const FRESH_MS = 10_000 // a page that shows no notice leaves it in the tab's history, and it may be untrue once that is opened again

/** Below the button that pays, or below that of a tip. */
export type Line = 'pay' | 'tip'

/** What each line says. The page itself can't be asked: a browser that translates it has replaced the words. */
const said: Record<Line, readonly string[]> = { pay: [], tip: [] }

export function say(notice: string, line: Line = 'pay'): void {
  show(notice === '' ? [] : [notice], line)
}

/** Adds a notice to what is said already, which may be what protects the buyer from paying twice. */
export function sayAlso(notice: string, line: Line): void {
  if (!said[line].includes(notice)) show([...said[line], notice], line)
}

/** Removes a notice that no longer applies. */
export function unsay(notice: string, line: Line): void {
  const rest = said[line].filter((other) => other !== notice)
  if (rest.length < said[line].length) show(rest, line)
}

/** Shows a notice where the buyer looks once the window is closed. Returns true: close the window. */
export function stay(notice: string, line: Line = 'pay'): true {
  say(notice, line)
  const status = statusLine(line)
  if (status) status.tabIndex = -1
  status?.focus()
  return true
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

function show(notices: readonly string[], line: Line): void {
  said[line] = notices
  const status = statusLine(line)
  if (status) status.textContent = notices.join(' ')
}

function statusLine(line: Line): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-${line}-status]`)
}
