export { parseOrderId } from './order-id.ts'
export { placeOrder } from './place-order.ts'
export { pollDue, pollIntent, pollOnLook, pollRound, type RunningPoll, startPolling } from './poll.ts'
export { receiveWebhooks, webhookRoutes } from './webhook.ts'
