/** What only the merchant's desk asks for: about alerts that failed, and about one order. */
export {
  dismissAlert,
  type FailedAlert,
  findFailedAlerts,
  findRetriedAlerts,
  resendAlert,
} from './failed-alerts.ts'
export {
  type DeskHolder,
  type DeskRevocation,
  findHoldersOf,
  findOtherOrders,
  type OrderLink,
  type OtherOrder,
} from './order-holders.ts'
export { type DeskIntent, type DeskPayment, type DeskRefund, findMoneyOf } from './order-money.ts'
export { type DeskOrder, findDeskOrder } from './order-page.ts'
export {
  findTimelineOf,
  type TimelineAction,
  type TimelineEvent,
  type TimelineStep,
} from './order-timeline.ts'
export { findOrphan, type Orphan } from './orphans.ts'
