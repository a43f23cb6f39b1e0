import type { ActionRow } from '../../../db/index.ts'
import { formatMoney } from '../../../money/index.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import { nameBrowser } from './browser-name.ts'

const IS_MONEY = /hundredths$/i

type Facts = Record<string, unknown>

// They say to what something was done: nothing of them is different after it.
const NAMES = ['browser', 'buyer', 'event', 'intent', 'payment']
const BUYERS = '/desk/buyers/'
// The page of what an action was done to, by the action.
const PAGES: [RegExp, string][] = [
  [/^event-/, '/desk/events/'],
  [/^browser-signed-out$/, BUYERS],
  [/^(?:payment-denied|code-asked|.*-honoured|access-.*|link-issued|refund-recorded)$/, '/desk/orders/'],
]

/** Returns an action as the audit log shows it: what, to what, who, when, and what was true before and after. */
export function describeAction(action: ActionRow, timeZone: string) {
  const { what, subject, session, browser, before, after, actedAt } = action
  const { actions, browserOn, noBrowser } = en.desk.access
  return {
    what: textOf(actions, what),
    subject,
    href: subject && pageOf(action, subject),
    by: session === undefined ? noBrowser : browserOn(nameBrowser(browser ?? '')),
    at: showAt(actedAt, timeZone),
    facts: compare(before, after, timeZone),
  }
}

function pageOf({ what, before }: ActionRow, subject: string): string | undefined {
  // A link for everything that a buyer has, unlike one for an order, doesn't count those before it.
  const isOfBuyer = what === 'link-issued' && before === undefined
  const [, page] = isOfBuyer ? [what, BUYERS] : (PAGES.find(([pattern]) => pattern.test(what)) ?? [])
  return page && page + encodeURIComponent(subject)
}

/** Lists each fact once: what it was, what it is, or both. */
function compare(before: Facts = {}, after: Facts = {}, timeZone: string) {
  const { facts, factBefore, change } = en.desk.access
  const [was, is] = [asTexts(before, after, timeZone), asTexts(after, before, timeZone)]
  const lost = [...was].filter(([name]) => !is.has(name))
  return [
    ...lost.map(([name, value]) => {
      const text = textOf(facts, name)
      return { name: NAMES.includes(name) ? text : factBefore(text), value }
    }),
    ...[...is].map(([name, value]) => ({
      name: textOf(facts, name),
      value: was.has(name) && was.get(name) !== value ? change(was.get(name) ?? '', value) : value,
    })),
  ]
}

/** Shows what is known, by its name. Money takes its currency from beside it, or from the other side. */
function asTexts(facts: Facts, others: Facts, timeZone: string): Map<string, string> {
  const currency = facts.currency ?? others.currency
  const hasMoney = [facts, others].some((side) => Object.keys(side).some((name) => IS_MONEY.test(name)))
  const known = Object.entries(facts).filter(
    ([name, value]) => value !== null && value !== undefined && !(hasMoney && name === 'currency'),
  )
  return new Map(known.map(([name, value]) => [name, asText(name, value)]))

  function asText(name: string, value: unknown): string {
    const { yes, no, values } = en.desk.access
    if (name === 'state' && typeof value === 'string') return textOf(en.desk.states, value)
    if (typeof value === 'boolean') return value ? yes : no
    if (typeof value === 'number' && IS_MONEY.test(name) && isCurrency(currency))
      return formatMoney({ hundredths: value, currency })
    if (typeof value === 'number' && name.endsWith('At')) return showAt(value, timeZone).shown
    return typeof value === 'string' ? textOf(values, value) : JSON.stringify(value)
  }
}

function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z]{3}$/.test(value)
}

/** Returns the words for a key, or the key itself where there are none. */
function textOf(texts: Record<string, string>, key: string): string {
  return Object.hasOwn(texts, key) ? (texts[key] ?? key) : key
}
