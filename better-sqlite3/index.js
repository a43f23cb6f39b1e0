/**
 * The better-sqlite3 that runs on this Node. Version 13 comes with its binaries, but crashes Node 20 with a segmentation
 * fault. Version 12 is built for the Node at hand; where it is compiled for Node 24.19 or later, it crashes that.
 */
const isNode20 = Number.parseInt(process.versions.node, 10) < 22
const missing = isNode20
  ? 'better-sqlite3 12 is not installed. On Node 20, npm compiles it, which requires Python and a C++ compiler (on Debian: apt-get install python3 make g++). Install both and run npm install again, or use Node 22 or later, where nothing is compiled.'
  : `better-sqlite3 13 is not installed. Run npm install with this version of Node, ${process.version}, and without --omit=optional.`

try {
  module.exports = require(isNode20 ? 'better-sqlite3-12' : 'better-sqlite3-13')
} catch (cause) {
  throw Object.assign(new Error(missing, { cause }), { name: 'PackagesMissing' })
}
