export { asCall, asCallOf, callerOf, currentCall, nameCaller } from './caller.ts'
export { traceRoutes } from './routes.ts'
export { createTraces, type Traces } from './traces.ts'
