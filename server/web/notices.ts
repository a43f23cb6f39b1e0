/** What the merchant should fix, by topic, in plain text. In sandbox mode, every page shows it. */
export type Notices = Map<'address' | 'catalogue' | 'coupons' | 'gone' | 'identity', string>

const MOST_LINES = 20 // a page with hundreds of errors would be slow, and its own content far below

/** Makes a notice of lines, of which the first ones are shown. The log and `npm run check` have all of them. */
export function noticeOf(lines: readonly string[]): string {
  const left = lines.length - MOST_LINES
  return left > 0 ? [...lines.slice(0, MOST_LINES), `… and ${left} more`].join('\n') : lines.join('\n')
}
