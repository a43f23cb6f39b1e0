export { createDeliveryWorker, type DeliveryWorker } from './delivery-worker.ts'
export { describeSubmission, TEST_EVENT } from './payload.ts'
