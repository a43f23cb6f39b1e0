import { formatMoney } from '../../../money/index.ts'
import { once } from '../../once.ts'
import type { Figures, LocalDay } from '../../summaries/index.ts'
import { en } from '../../texts/index.ts'
import { formatCount } from './figures.ts'
import { currenciesOf, joinFigures, PAID, revenueOf, timesOf } from './sums.ts'

const HEIGHT = 100
const STEP = 10 // from one bar to the next
const BAR = 7
const LEAST = 1 // so that a day with little isn't one without anything

const texts = en.desk.overview.picture
const dates = once(
  () => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
)

/** A picture of the revenue a day in one currency, with the same as a table. */
interface Picture {
  title: string
  width: number
  height: number
  /** Where the bars stand */
  base: number
  bars: { x: number; y: number; width: number; height: number; title: string }[]
  /** The best day's revenue */
  top: string
  first: string
  last: string
  rows: { date: string; shown: string; revenue: string; payments: string }[]
}

/** Draws the revenue of these days, a picture for each currency. */
export function drawRevenue(days: readonly LocalDay[], figures: readonly Figures[]): Picture[] {
  return currenciesOf(joinFigures(figures)).map((currency) => draw(currency, days, figures))
}

function draw(currency: string, days: readonly LocalDay[], figures: readonly Figures[]): Picture {
  const revenues = figures.map((day) => revenueOf(day, currency))
  const show = (hundredths: number) => formatMoney({ hundredths, currency })
  const shown = days.map(({ date }) => dates().format(Date.parse(date)))
  const [top, bottom] = [Math.max(0, ...revenues), Math.min(0, ...revenues)]
  const base = baseOf(top, bottom)
  const bars = revenues.flatMap((revenue, index) => {
    if (revenue === 0) return []
    const share = revenue > 0 ? (revenue / top) * base : (revenue / bottom) * (HEIGHT - base)
    const height = Math.max(LEAST, Math.round(share))
    const title = texts.day(shown[index] as string, show(revenue))
    return [{ x: index * STEP, y: revenue > 0 ? base - height : base, width: BAR, height, title }]
  })
  const rows = days.map(({ date }, index) => ({
    date,
    shown: shown[index] as string,
    revenue: show(revenues[index] as number),
    payments: formatCount(timesIn(figures[index] as Figures, currency)),
  }))
  return {
    title: texts.title(currency.toUpperCase()),
    width: (days.length - 1) * STEP + BAR,
    height: HEIGHT,
    base,
    bars,
    top: show(top),
    first: shown[0] as string,
    last: shown.at(-1) as string,
    rows: rows.reverse(),
  }
}

/** Returns where the bars stand, far enough from the edges for the least one on each side that has any. */
function baseOf(top: number, bottom: number): number {
  const base = Math.round((HEIGHT * top) / (top - bottom || 1))
  return Math.min(Math.max(base, top > 0 ? LEAST : 0), bottom < 0 ? HEIGHT - LEAST : HEIGHT)
}

function timesIn({ sums, waits }: Figures, currency: string): number {
  return timesOf({ sums: sums.filter((sum) => sum.currency === currency), waits }, PAID)
}
