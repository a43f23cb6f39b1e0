export { createBoundedServer } from './connections.ts'
