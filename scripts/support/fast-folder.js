import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

// A file system of Linux, on which making a database of PostgreSQL takes a seventh of the processor time, and the tests of a shop
// with SQLite take about a fifth less
const IN_MEMORY = '/dev/shm'
const ENOUGH_MEMORY = 2 ** 31 // a container often gives it only 64 MB

/** Returns a folder for files that may be lost with the power: in memory if there is space, the temporary folder otherwise. */
export function findFastFolder() {
  if (!existsSync(IN_MEMORY) || !mayRunPrograms()) return tmpdir()
  const { bavail, bsize } = statfsSync(IN_MEMORY)
  return bavail * bsize > ENOUGH_MEMORY ? IN_MEMORY : tmpdir()
}

/** Some tests run programs that they have written there, which Docker forbids. */
function mayRunPrograms() {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
  return !mounts.some((mount) => mount.includes(` ${IN_MEMORY} `) && mount.includes('noexec'))
}
