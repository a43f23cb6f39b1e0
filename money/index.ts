export { formatMoney } from './format.ts'
export { fromDecimal, type Money, parseMoney, toDecimal, toDecimalText } from './hundredths.ts'
export { assertPayable, currencies, findLimits, type Limits } from './limits.ts'
export type { Fee, Offer } from './offer.ts'
