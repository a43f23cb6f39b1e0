export { createFaults, type FaultSettings, type Faults } from './faults.ts'
export { type Fault, injectFault, injectFaults } from './inject-fault.ts'
export { CALL_FAULTS, WEBHOOK_FAULTS, type WebhookFault } from './kinds.ts'
export { faultRoutes } from './routes.ts'
