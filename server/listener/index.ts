export { type ConnectionLimits, createBoundedServer } from './connections.ts'
export { CannotListen, listen } from './listen.ts'
export { stopListening } from './stop-listening.ts'
