/** Prints how long the way of a payment is to read: what docs/reading.md links to. */
import { followReading, sumUp } from './support/reading.js'

const stops = followReading('docs/reading.md')
for (const { name, path, lines } of stops) console.log(`${String(lines).padStart(5)}  ${path}  ${name}`)
for (const folder of ['server/', 'db/queries/']) {
  const { lines, files } = sumUp(stops, folder)
  console.log(`${String(lines).padStart(5)}  lines in ${files.length} files of ${folder}`)
}
