// CommonJS, because on Node 20 the loader of ES modules starts the pool's threads before the first module can say how many.
const { availableParallelism } = require('node:os')

// No more than there are cores, up to libuv's four. Waking a thread costs more than it gains where none is free to run it:
// docs/decisions/039-thread-pool.md.
process.env.UV_THREADPOOL_SIZE ??= String(Math.min(4, Math.max(2, availableParallelism())))
import('./start.js')
