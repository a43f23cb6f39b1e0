// The rows of the desk's list of orders, each of which shows one order.

/** An order as the server presents it: a text for each cell. */
export interface Line {
  id: string
  place: string
  href: string
  /** Of the title */
  lang: string
  buyerHref: string
  placed: { iso: string; shown: string; utc: string }
  state: string
  stateLabel: string
  /** Says what the order is now */
  news: string
  [cell: string]: unknown
}

/** Returns false if the order belongs to a later page. */
export function insertRow(body: Element, row: HTMLElement): boolean {
  const rows = [...body.children] as HTMLElement[]
  const older = rows.find((other) => isNewer(row.dataset.place ?? '', other.dataset.place ?? ''))
  if (!older && document.querySelector('[data-orders] [rel=next]')) return false
  body.insertBefore(row, older ?? null)
  return true
}

export function findRow(body: Element, id: string): HTMLElement | null {
  return body.querySelector(`[data-order="${CSS.escape(id)}"]`)
}

/** Compares two places, each the time of an order and its id. */
function isNewer(one: string, other: string): boolean {
  const [time, otherTime] = [Number.parseInt(one, 10), Number.parseInt(other, 10)]
  return time === otherTime ? one > other : time > otherTime
}

/** Returns false if the row has shown just that before. */
export function fillRow(row: HTMLElement, line: Line): boolean {
  const before = row.textContent
  row.dataset.order = line.id
  row.dataset.place = line.place
  row.classList.remove('is-new')
  for (const cell of row.querySelectorAll<HTMLElement>('[data-cell]'))
    cell.textContent = String(line[cell.dataset.cell ?? ''] ?? '')
  const [order, buyer] = row.querySelectorAll('a')
  order?.setAttribute('href', line.href)
  order?.setAttribute('lang', line.lang)
  buyer?.setAttribute('href', line.buyerHref)
  fillTime(row.querySelector('time'), line.placed)
  fillState(row.querySelector('.state'), line)
  return row.textContent !== before
}

/** Removes a row. Whoever was in it goes on in the one beside it. */
export function removeRow(row: HTMLElement): void {
  const beside = row.nextElementSibling ?? row.previousElementSibling
  if (row.contains(document.activeElement)) moveFocus(beside?.querySelector('a'))
  row.remove()
}

/** Without a link to go to, the next one is the first of the page's content. */
export function moveFocus(link: HTMLElement | null | undefined): void {
  const target = link ?? document.querySelector('main')
  target?.focus({ preventScroll: !link })
}

function fillTime(time: HTMLTimeElement | null, { iso, shown, utc }: Line['placed']): void {
  if (!time) return
  time.dateTime = iso
  time.title = utc
  time.textContent = shown
}

function fillState(badge: HTMLElement | null, { state, stateLabel }: Line): void {
  if (!badge) return
  badge.dataset.state = state
  badge.textContent = stateLabel
}
