export type { Balances } from './balances.ts'
export type { Attempt, Deliveries, Delivery, DeliveryKind, DueAttempt } from './deliveries.ts'
export { openState, type State } from './open-state.ts'
export type { Bill, Fee, KeptRequest, RequestDetails, Requests } from './requests.ts'
