export { type Courier, createCourier } from './courier.ts'
export { describePayment, TEST_EVENT } from './payload.ts'
