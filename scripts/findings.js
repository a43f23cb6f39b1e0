// Runs the scripts in findings/: all of them, or those that are named (`npm run findings -- eta-autotrim`). Exits with 1 if
// one of them no longer shows what its comment says.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'

const known = readdirSync('findings')
  .filter((file) => file.endsWith('.sh'))
  .map((file) => file.slice(0, -'.sh'.length))
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no finding ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
  process.exit(2)
}

const changed = (asked.length > 0 ? asked : known).filter((name) => !holds(name))
if (changed.length > 0) {
  console.error(`No longer as described: ${changed.join(', ')}`)
  process.exit(1)
}

/** @param {string} name */
function holds(name) {
  console.log(`\n${name}`)
  return spawnSync('bash', [`findings/${name}.sh`], { stdio: 'inherit' }).status === 0
}
