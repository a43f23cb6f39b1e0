/** What only the pages of the merchant's desk ask for. */
export { findKeyScopesOf } from './api-keys.ts'
export {
  type BuyersBrowser,
  type BuyersRight,
  type DeskBuyer,
  findBrowsersOf,
  findBuyersByPrefix,
  findDeskBuyer,
  findHeldByBuyer,
  findRightsOf,
  type HeldByBuyer,
  type HeldPlace,
} from './buyer-page.ts'
export { type CouponOrder, findOrdersWithCoupon, findUsedCoupons } from './coupon-orders.ts'
export { type CouponStanding, findCouponStanding } from './coupon-uses.ts'
export { type EndingOrder, type EndingPlace, findEndingOrders } from './ending.ts'
export {
  dismissAlert,
  type FailedAlert,
  findFailedAlerts,
  findRetriedAlerts,
  hasFailedAlerts,
  resendAlert,
} from './failed-alerts.ts'
export { countHolders } from './held-products.ts'
export {
  countOpenEvents,
  findAppliedEvents,
  findEvents,
  type InboxPart,
  type InboxPlace,
  type ListedEvent,
} from './inbox.ts'
export { dismissEvent, findEvent, findEventWithoutOrder, type InboxEvent } from './inbox-event.ts'
export { noteOpening } from './merchant-access.ts'
export {
  type DeskHolder,
  type DeskRevocation,
  findHoldersOf,
  findOpenToBuyer,
  type OrderLink,
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
export { findOtherOrders, findOtherPurchases, type OtherOrder } from './other-orders.ts'
export { addRejections, findRejections, type RejectionCount } from './rejections.ts'
export { signOutBrowser } from './sign-out.ts'
