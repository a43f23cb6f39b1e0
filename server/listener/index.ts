export { type ConnectionLimits, createBoundedServer } from './connections.ts'
export { listen } from './listen.ts'
export { stopListening } from './stop-listening.ts'
