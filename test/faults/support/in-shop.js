// Loaded into a shop before its own code (node --import): sets its clock, and measures its memory, when told to.
let ahead = 0
const now = Date.now
Date.now = () => now() + ahead

process.on('message', (/** @type {{ ahead?: number, measure?: boolean }} */ order) => {
  if (order.ahead !== undefined) ahead = order.ahead
  if (order.measure) {
    globalThis.gc?.()
    globalThis.gc?.() // what the first one has finalised
  }
  process.send?.(process.memoryUsage())
})
process.channel?.unref()
