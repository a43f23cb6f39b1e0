export { ensureBuyer, findBuyer, limitBuyers, limitReaders } from './buyers.ts'
export { ensureCookie, setTestCookie } from './cookie.ts'
export { type Opened, openGate } from './gate.ts'
export { assertRedeemableNow, newRedemptionCode, redeemOrder, WALLET_HOLDERS } from './redemption.ts'
