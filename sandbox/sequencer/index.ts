export { sequencerRoutes } from './routes.ts'
export { createSequencer, type Sequencer } from './sequencer.ts'
export { isWebhookUrl } from './webhook-url.ts'
