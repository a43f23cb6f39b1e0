import {
  type Database,
  type Figure,
  findProductSummaries,
  findSummariesByProduct,
  findSummaryState,
  findUnfolded,
  LAST_QUARTER,
  SUMMARY_SOURCES,
  type SummaryState,
  type What,
} from '../../db/index.ts'
import { ATTEMPTS, UNFOLDED_ROWS } from './figures.ts'
import { findUnfoldedQuarters, isSame, rangesToRead, spansOf } from './unfolded.ts'

/** What a product has brought in one currency since the shop opened. */
export interface ProductRevenue {
  product: string
  currency: string
  /** How often it was paid */
  sold: number
  /** How often it was had for nothing */
  free: number
  /** What came, less what went back, in hundredths */
  revenue: number
  refunded: number
}

/** Each order is one of these: what costs nothing isn't offered, and comes with its payment. */
const ORDERS: readonly What[] = ['offer', 'offer-before', 'free']
const UNPAID: readonly What[] = ['refund', 'offer', 'offer-before', 'free']

/** Finds what each product has brought. It is exactly the sum of all rows, unless `isBehind`: an old database is being folded. */
export async function findProductRevenue(
  db: Database,
): Promise<{ products: ProductRevenue[]; isBehind: boolean }> {
  const { figures, isBehind } = await readFiguresOfProducts(db)
  return { products: sumByProduct(figures), isBehind }
}

/** Counts the orders of a product, in a currency, or of both, without reading them. `isBehind`: as above. */
export async function countOrdersOf(
  db: Database,
  { product, currency }: { product: string | undefined; currency: string | undefined },
): Promise<{ count: number; isBehind: boolean }> {
  const { figures, isBehind } = await readFiguresOfProducts(db)
  const counted = figures.filter(
    (figure) =>
      ORDERS.includes(figure.what) &&
      (product === undefined || figure.product === product) &&
      (currency === undefined || figure.currency === currency),
  )
  return { count: counted.reduce((sum, { times }) => sum + times, 0), isBehind }
}

async function readFiguresOfProducts(db: Database): Promise<{ figures: Figure[]; isBehind: boolean }> {
  for (let attempt = 1; ; attempt++) {
    const state = await findSummaryState(db)
    const { figures, isBehind } = await readAt(db, state)
    const isDone = isSame(state, await findSummaryState(db))
    if (isDone || attempt === ATTEMPTS) return { figures, isBehind: isBehind || !isDone }
  }
}

async function readAt(db: Database, state: SummaryState): Promise<{ figures: Figure[]; isBehind: boolean }> {
  const unfolded = findUnfoldedQuarters(state)
  const spans = spansOf(unfolded)
  const [all, uncounted, rows] = await Promise.all([
    findProductSummaries(db),
    Promise.all(spans.map((span) => findSummariesByProduct(db, span))),
    readRows(db, state, unfolded),
  ])
  const taken = uncounted.flat().filter(({ what }) => what !== 'offer-before')
  return { figures: [...all, ...taken.map(negate), ...rows.figures], isBehind: rows.isBehind }
}

async function readRows(db: Database, state: SummaryState, unfolded: ReadonlySet<number>) {
  const ranges = rangesToRead(state, unfolded, { fromQuarter: 0, toQuarter: LAST_QUARTER })
  const found = SUMMARY_SOURCES.map(async (source) => {
    const figures: Figure[] = []
    let left = UNFOLDED_ROWS
    for (const range of ranges.filter((each) => each.source === source && each.from < each.to)) {
      const rows = await findUnfolded(db, range, left)
      figures.push(...rows)
      left -= rows.reduce((sum, { times }) => sum + times, 0)
      if (left <= 0) break
    }
    return { figures, isBehind: left <= 0 }
  })
  const all = await Promise.all(found)
  return {
    figures: all.flatMap(({ figures }) => figures),
    isBehind: all.some(({ isBehind }) => isBehind),
  }
}

function negate(figure: Figure): Figure {
  return { ...figure, times: -figure.times, hundredths: -figure.hundredths }
}

function sumByProduct(figures: readonly Figure[]): ProductRevenue[] {
  const sums = new Map<string, ProductRevenue>()
  for (const { product, currency, what, times, hundredths } of figures) {
    const key = `${product} ${currency}`
    const sum = sums.get(key) ?? { product, currency, sold: 0, free: 0, revenue: 0, refunded: 0 }
    sums.set(key, sum)
    if (what === 'free') sum.free += times
    if (what === 'refund') sum.refunded += hundredths
    if (what === 'refund') sum.revenue -= hundredths
    if (UNPAID.includes(what)) continue
    sum.sold += times
    sum.revenue += hundredths
  }
  return [...sums.values()].filter(({ sold, free, refunded }) => sold + free + refunded > 0)
}
