export { sequencerRoutes } from './routes.ts'
export { accept, createSequencer, refuse, type Sequencer } from './sequencer.ts'
export { findLookupError, findSyntaxError } from './webhook-url.ts'
