export { type OrderQuery, parseOrderQuery } from './filter.ts'
