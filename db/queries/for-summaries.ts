/** What folding, and the page that shows what was folded, ask for. */
export { countPaidTwice, countPolled, countRefused, countUnregistered, findSubmitted } from './attention.ts'
export {
  type Figure,
  findOffersBefore,
  findProductSummaries,
  findProductSums,
  findSummariesByProduct,
  findSummedDays,
  findSums,
  findUnfolded,
  findWaits,
  findWaitsByQuarter,
  type Sum,
  type UnfoldedFigure,
} from './figures.ts'
export { beginFolding, findWriters } from './folding-lease.ts'
export { findEnd, foldStep, unfold, unfoldFrom } from './summaries.ts'
export { forgetDaysBefore, keepSummedDay, sumUpProducts } from './summary-days.ts'
export { QUARTER_MS, SUMMARY_SOURCES, WAIT_ERROR, type What, waitOfBucket } from './summary-sources.ts'
export {
  findFirstQuarter,
  findSummaryState,
  hasRows,
  LAST_QUARTER,
  markQuarters,
  OPEN_END,
  quarterOf,
  type Span,
  type SummaryRange,
  type SummaryState,
} from './summary-state.ts'
