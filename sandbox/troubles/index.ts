export { CALL_TROUBLES, type CallTrouble, WEBHOOK_TROUBLES, type WebhookTrouble } from './kinds.ts'
export { troubleRoutes } from './routes.ts'
export { meetTrouble, troubleCalls } from './trouble-calls.ts'
export { createTroubles, type TroubleSettings, type Troubles } from './troubles.ts'
