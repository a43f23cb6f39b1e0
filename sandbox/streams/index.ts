export { createSockets, type Sockets } from './sockets.ts'
export { createStreams, type Streams } from './streams.ts'
