export { type ConnectionLimits, createBoundedServer } from './connections.ts'
export { stopListening } from './stop-listening.ts'
