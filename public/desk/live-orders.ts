// The list of orders at the merchant's desk: shows new and changed orders as the shop sends them. If nothing is heard from
// the shop, the list is loaded again now and then.

import { announce, showCount } from './orders/announce.ts'
import { fillRow, findRow, insertRow, type Line, moveFocus, removeRow } from './orders/rows.ts'

const SILENCE_MS = 30_000 // the shop sends a beat every 15 s
const DEADLINE_MS = 15_000
const MOST_ROWS = 200

interface News {
  lines: Line[]
  gone: Line[]
}

interface Following {
  place: HTMLElement
  source: EventSource | undefined
  /** Orders may have changed unseen by the time the stream opens next */
  isBehind: boolean
  /** The list couldn't be loaded, so orders may be missing, whatever the stream sends */
  isIncomplete: boolean
  watchdog: number
  /** The orders that have appeared since the list was loaded */
  added: Set<string>
  /** Those that the list had when it was loaded, and that its filter no longer finds */
  left: Set<string>
  isLoadDue: boolean
  loading: Promise<void> | undefined
  /** The news that has come since the load in progress began: its answer may be older */
  newsMeanwhile: News[]
}

const place = document.querySelector<HTMLElement>('[data-live-orders]')
if (place)
  follow({
    place,
    source: undefined,
    isBehind: false,
    isIncomplete: false,
    watchdog: 0,
    added: new Set(),
    left: new Set(),
    isLoadDue: false,
    loading: undefined,
    newsMeanwhile: [],
  })

function follow(following: Following): void {
  followIfSeen(following)
  document.addEventListener('visibilitychange', () => followIfSeen(following))
}

/** A browser has few connections to a shop, and the shop few streams: a page that nobody sees needs none. */
function followIfSeen(following: Following): void {
  following.source?.close()
  clearTimeout(following.watchdog)
  following.isBehind ||= document.hidden
  if (document.hidden) return
  connect(following)
  watch(following)
}

function connect(following: Following): void {
  const source = new EventSource(following.place.dataset.liveOrders ?? '')
  following.source = source
  source.addEventListener('open', () => noteOpen(following))
  source.addEventListener('beat', () => noteSound(following))
  source.addEventListener('orders', ({ data }) => showNews(following, JSON.parse(data)))
}

/** What has happened between two connections was not sent. */
function noteOpen(following: Following): void {
  if (following.isBehind) loadAgain(following)
  following.isBehind = true
}

/** An incomplete list stays what it is, so the watchdog goes on and loads it again. */
function noteSound(following: Following): void {
  if (following.isIncomplete) return
  say(following, true)
  watch(following)
}

function watch(following: Following): void {
  clearTimeout(following.watchdog)
  following.watchdog = window.setTimeout(poll, SILENCE_MS, following)
}

async function poll(following: Following): Promise<void> {
  say(following, false)
  await loadAgain(following)
  if (document.hidden) return
  if (following.source?.readyState === EventSource.CLOSED) connect(following)
  watch(following)
}

function say({ place }: Following, isLive: boolean): void {
  for (const [name, isShown] of Object.entries({ on: isLive, off: !isLive })) {
    const sentence = place.querySelector<HTMLElement>(`[data-live-${name}]`)
    if (sentence) sentence.hidden = !isShown
  }
}

function showNews(following: Following, news: News): void {
  noteSound(following)
  if (following.loading) following.newsMeanwhile.push(news)
  announce(showChanges(following, news))
}

/** Returns the news that the list hasn't shown before. */
function showChanges(following: Following, news: News): News {
  const body = document.querySelector('[data-orders] tbody')
  if (body) return showIn(body, following, news)
  if (news.lines.length > 0) startList(following)
  return { lines: news.lines, gone: [] }
}

/** A list without rows isn't loaded again for orders that it has never shown. */
function showIn(body: Element, following: Following, news: News): News {
  const lines = news.lines.filter((line) => showLine(following, body, line))
  const gone = news.gone.filter((line) => hideLine(following, body, line))
  const isEmptied = body.childElementCount === 0 && news.lines.length + gone.length > 0
  if (isEmptied || body.childElementCount > MOST_ROWS) loadAgain(following)
  showCount(following)
  return { lines, gone }
}

/** The list has had no orders so far. Where there were none at all, the page had no filter either. */
function startList(following: Following): void {
  if (document.querySelector('form[role=search]')) loadAgain(following)
  else location.reload()
}

/** Returns whether the list shows something else now. */
function showLine(following: Following, body: Element, line: Line): boolean {
  const known = findRow(body, line.id)
  if (known) return fillRow(known, line)
  const row = body.firstElementChild?.cloneNode(true) as HTMLElement | undefined
  if (!row) return true // the list is being loaded again
  fillRow(row, line)
  if (!insertRow(body, row)) return false
  row.classList.add('is-new')
  if (!following.left.delete(line.id)) following.added.add(line.id)
  return true
}

/** Returns whether the list has shown the order. */
function hideLine({ added, left }: Following, body: Element, { id }: Line): boolean {
  const row = findRow(body, id)
  if (!row) return false
  removeRow(row)
  if (!added.delete(id)) left.add(id)
  return true
}

/** Shows the list as the shop has it now. Loads one after the other, so that an older answer never replaces a newer one. */
function loadAgain(following: Following): Promise<void> {
  following.isLoadDue = true
  following.loading ??= loadWhileDue(following)
  return following.loading
}

async function loadWhileDue(following: Following): Promise<void> {
  while (following.isLoadDue) {
    following.isLoadDue = false
    following.newsMeanwhile = []
    const { status, page } = await load()
    if (status === 401) location.reload() // a browser that was signed out sees that
    following.isIncomplete = !showList(following, page)
    if (following.isIncomplete) say(following, false)
  }
  following.loading = undefined
}

/**
 * The stream sends each change once, so what it has sent during the load is shown in the new list as well. Returns false if
 * there is no new list.
 */
function showList(following: Following, page: Document | null): boolean {
  const [shown, loaded] = [document, page].map((from) => from?.querySelector('[data-orders]'))
  if (!shown || !loaded) return false
  const focused = shown.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null
  shown.replaceWith(loaded)
  following.added.clear()
  following.left.clear()
  for (const news of following.newsMeanwhile) showChanges(following, news)
  if (focused) moveFocus(loaded.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`))
  return true
}

/** Uses XMLHttpRequest because it parses the document itself: Trusted Types forbid turning text into markup. */
function load(): Promise<{ status: number; page: Document | null }> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('GET', location.href)
    request.setRequestHeader('Accept', 'text/html')
    request.responseType = 'document'
    request.timeout = DEADLINE_MS
    request.onloadend = () =>
      resolve({ status: request.status, page: request.status === 200 ? request.responseXML : null })
    request.send()
  })
}
