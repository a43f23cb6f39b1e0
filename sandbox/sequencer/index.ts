export { sequencerRoutes } from './routes.ts'
export { accept, createSequencer, refuse, type Sequencer } from './sequencer.ts'
export { isWebhookUrl } from './webhook-url.ts'
