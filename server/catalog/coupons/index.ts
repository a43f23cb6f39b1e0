export { type Coupon, findCoupon, isValidOn, listCoupons } from './coupon.ts'
export { type CouponFile, readCoupons } from './coupon-file.ts'
export { atDiscount, inFreeCurrency, loweredCurrencies, withCoupon } from './discount.ts'
