export type { Attempt, Deliveries, Delivery, DueAttempt } from './deliveries.ts'
export { openState, type State } from './open-state.ts'
export type { Fee, PaymentDetails, PaymentRequest, Requests } from './requests.ts'
