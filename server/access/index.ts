export { assertKeepsCookies, ensureBuyer, findBuyer, limitBuyers, limitReaders } from './buyers.ts'
export { ensureCookie, setTestCookie } from './cookie.ts'
export { bringRefusedCode, keepCoupon, keptCoupon, takeRefusedCode } from './coupon-cookie.ts'
export { sendDownload, sendPaidPicture, sendPicture } from './files.ts'
export {
  findBeginning,
  findLongest,
  findOpenScopes,
  holdsProduct,
  type Opened,
  openForMerchant,
  openGate,
} from './gate.ts'
export {
  findWalletLinkEnd,
  isOpened,
  lookAtLink,
  newRedemptionCode,
  redeemLink,
  WALLET_HOLDERS,
} from './redemption.ts'
