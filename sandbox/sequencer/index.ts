export { sequencerRoutes } from './routes.ts'
export { accept, CALL_LIMIT_BYTES, createSequencer, refuse, type Sequencer } from './sequencer.ts'
export { findUrlFault } from './webhook-url.ts'
