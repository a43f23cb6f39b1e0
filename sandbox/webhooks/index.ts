export { type Courier, createCourier } from './courier.ts'
export { describeSubmission, TEST_EVENT } from './payload.ts'
