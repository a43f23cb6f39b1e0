export { type LocalDay, localDays } from './days.ts'
export { type Figures, type FiguresOfDays, readFigures, type Sum } from './figures.ts'
export { type FoldingShop, foldRound, newFolding, type RunningSummaries, startSummaries } from './fold.ts'
export { DAYS_SHOWN } from './sum-up-days.ts'
