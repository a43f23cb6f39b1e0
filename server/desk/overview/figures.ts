import { WAIT_ERROR, type What } from '../../../db/index.ts'
import { formatMoney } from '../../../money/index.ts'
import { once } from '../../once.ts'
import type { Figures } from '../../summaries/index.ts'
import { en } from '../../texts/index.ts'
import { MINUTE_MS, SECOND_MS } from '../../time.ts'
import {
  amountOf,
  currenciesOf,
  joinFigures,
  type Messenger,
  OFFERED,
  PAID,
  revenueOf,
  TOLD_BY,
  timesOf,
  waitOf,
} from './sums.ts'

const WEEK = 7
const MEDIAN = 0.5
const ALMOST_ALL = 0.95

const texts = en.desk.overview

/** A figure of today, of seven days and of thirty. */
interface Line {
  name: string
  values: string[]
}

/** Lines that belong together. */
interface Group {
  name: string
  lines: Line[]
}

/** Returns the tables of what was sold and of how it was paid, from the figures of the last thirty days, oldest first. */
export function presentFigures(days: readonly Figures[]) {
  const spans = [days.slice(-1), days.slice(-WEEK), days].map(joinFigures)
  return {
    sales: [revenueIn(spans), ordersIn(spans)].filter(({ lines }) => lines.length > 0),
    payments: [timesIn(spans), messengersIn(spans)],
    accuracy: texts.accuracy(formatShare(WAIT_ERROR)),
  }
}

function revenueIn(spans: readonly Figures[]): Group {
  const all = joinFigures(spans)
  const lines = currenciesOf(all).flatMap((currency) => {
    const show = (hundredths: number) => formatMoney({ hundredths, currency })
    const code = currency.toUpperCase()
    const hasRefunds = amountOf(all, currency, ['refund']) > 0
    return [
      { name: code, values: spans.map((span) => show(revenueOf(span, currency))) },
      ...(hasRefunds
        ? [
            {
              name: texts.refunded(code),
              values: spans.map((span) => show(amountOf(span, currency, ['refund']))),
            },
          ]
        : []),
    ]
  })
  return { name: texts.revenue, lines }
}

function ordersIn(spans: readonly Figures[]): Group {
  const counted = (name: string, whats: readonly What[]): Line => ({
    name,
    values: spans.map((span) => formatCount(timesOf(span, whats))),
  })
  const hasFree = spans.some((span) => timesOf(span, ['free']) > 0)
  return {
    name: texts.orders,
    lines: [
      counted(texts.paid, PAID),
      ...(hasFree ? [counted(texts.free, ['free'])] : []),
      counted(texts.ordered, OFFERED),
      {
        name: texts.perOrder,
        values: spans.map((span) => formatRatio(timesOf(span, PAID), timesOf(span, OFFERED))),
      },
    ],
  }
}

function timesIn(spans: readonly Figures[]): Group {
  const lines = [
    { name: texts.median, share: MEDIAN },
    { name: texts.almostAll, share: ALMOST_ALL },
  ].map(({ name, share }) => ({ name, values: spans.map((span) => formatWait(waitOf(span, share))) }))
  return { name: texts.waits, lines }
}

function messengersIn(spans: readonly Figures[]): Group {
  const lines = (Object.entries(TOLD_BY) as [Messenger, readonly What[]][]).map(([messenger, whats]) => ({
    name: texts.messenger[messenger],
    values: spans.map((span) => formatPart(timesOf(span, whats), timesOf(span, PAID))),
  }))
  return { name: texts.messengers, lines }
}

const counts = once(() => new Intl.NumberFormat('en'))
const shares = once(() => new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }))
const ratios = once(() => new Intl.NumberFormat('en', { maximumFractionDigits: 2 }))

/** Formats a count for people. */
export function formatCount(count: number): string {
  return counts().format(count)
}

function formatShare(share: number): string {
  return shares().format(share)
}

/** May be more than one: an order can be paid twice, and today's payments may be of yesterday's orders. */
function formatRatio(part: number, whole: number): string {
  return whole === 0 ? texts.none : ratios().format(part / whole)
}

function formatPart(part: number, whole: number): string {
  return whole === 0 ? texts.none : formatShare(part / whole)
}

/**
 * Formats a wait in the two largest units that say something: a bucket of the summaries is no more exact. It is rounded before it
 * is divided, so that there are never 60 s or 60 min.
 */
export function formatWait(ms: number | undefined): string {
  if (ms === undefined) return texts.none
  const tenths = Math.round(ms / 100)
  const seconds = Math.round(ms / SECOND_MS)
  const minutes = Math.round(ms / MINUTE_MS)
  if (tenths < 100) return texts.duration.seconds((tenths / 10).toFixed(1))
  if (seconds < 60) return texts.duration.seconds(String(seconds))
  if (seconds < 3_600) return texts.duration.minutes(Math.floor(seconds / 60), seconds % 60)
  return texts.duration.hours(Math.floor(minutes / 60), minutes % 60)
}
