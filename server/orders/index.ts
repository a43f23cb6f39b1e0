export { placeOrder } from './place-order.ts'
export { pollDue, pollOnLook, pollRound, type RunningPoll, startPolling } from './poll.ts'
export { receiveWebhooks, webhookRoutes } from './webhook.ts'
