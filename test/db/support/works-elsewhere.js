// A module for streamText that works for 20 ms for each text, on a system where threads have no priority of their own. Each text is
// how long the thread rested after the one before, in ms.

import Sqlite from 'better-sqlite3'

new Sqlite(':memory:').close() // finds its binary by the name of the system
Object.defineProperty(process, 'platform', { value: 'another' }) // a thread has a process object of its own

const WORK_MS = 20

/** @type {import('../../../db/index.ts').TextMaker<undefined>} */
export default async function* () {
  for (let rested = 0; ; ) {
    const began = performance.now()
    while (performance.now() < began + WORK_MS);
    const ended = performance.now()
    yield String(rested)
    rested = performance.now() - ended
  }
}
