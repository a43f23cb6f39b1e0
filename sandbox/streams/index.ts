export { createSockets } from './sockets.ts'
export { createStreams, type Streams } from './streams.ts'
