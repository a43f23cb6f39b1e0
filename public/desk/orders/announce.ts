// What the desk's list of orders says about its changes: to those who don't see them, and beside its count.

import { fill } from '../../texts.ts'
import type { Line } from './rows.ts'

/** Says what is new in the list and what has left it, for those who don't see that. */
export function announce({ lines, gone }: { lines: Line[]; gone: Line[] }): void {
  const status = document.querySelector<HTMLElement>('[data-live-news]')
  if (!status) return
  const { ofGone = '', andMore = '' } = status.dataset
  const [news, ...others] = [
    ...lines.map((line) => line.news),
    ...gone.map((line) => fill(ofGone, { news: line.news })),
  ]
  if (news === undefined) return
  status.textContent = others.length > 0 ? fill(andMore, { news, count: String(others.length) }) : news
}

/** Shows how many orders have come and gone since the list was loaded. */
export function showCount({ added, left }: { added: Set<string>; left: Set<string> }): void {
  const count = document.querySelector<HTMLElement>('[data-live-count]')
  if (!count) return
  const words = [describe(count.dataset.added, added), describe(count.dataset.left, left)]
  count.textContent = words.filter((word) => word !== '').join(', ')
}

function describe(words = '', orders: Set<string>): string {
  return orders.size > 0 ? fill(words, { count: String(orders.size) }) : ''
}
