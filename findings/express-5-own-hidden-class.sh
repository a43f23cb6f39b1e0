#!/usr/bin/env bash
# One would guess that Express adds its methods to requests at little cost. In fact it changes the prototype of each request and
# response, and on Node 20 and 22, V8 gives each of those objects a hidden class of its own, then another one for every property
# that is added. They are memory that only a full garbage collection frees, and no call site knows them yet. A small route takes
# more than twice the processor time that it takes if node:http makes its messages with those prototypes from the
# start, so that Express has nothing to change. On Node 24, it makes little difference.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 > /dev/null
for version in 20.19.6 22.23.3 24.21.0; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

cat > server.cjs << 'JS'
const { createServer, IncomingMessage, ServerResponse, Agent, get } = require('node:http')
const express = require('express')
const isPrepared = process.argv[2] === 'prepared'
const app = express().get('/', (_req, res) => void res.type('text').end('ok'))
const seen = []
const options = {}
if (isPrepared) {
  for (const [name, Base, own] of [['IncomingMessage', IncomingMessage, 'request'], ['ServerResponse', ServerResponse, 'response']]) {
    const Message = (options[name] = class extends Base {})
    Object.setPrototypeOf(Message.prototype, app[own])
    app[own] = Message.prototype
  }
}
const server = createServer(options, app)
server.on('request', (req) => {
  seen.push(req)
  if (seen.length > 2) seen.shift()
})
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const ask = (port) => new Promise((done, fail) => get({ port, agent, host: '127.0.0.1' }, (res) => res.resume().on('end', done)).on('error', fail))
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address()
  for (let n = 0; n < 5_000; n++) await ask(port)
  const began = process.cpuUsage().user
  for (let n = 0; n < 15_000; n++) await ask(port)
  console.log(JSON.stringify({ user: process.cpuUsage().user - began, same: %HaveSameMap(seen[0], seen[1]) }))
  process.exit()
})
JS
cat > compare.cjs << 'JS'
const { execFileSync } = require('node:child_process')
const run = (mode) => JSON.parse(execFileSync(process.execPath, ['--allow-natives-syntax', 'server.cjs', mode]))
const rounds = [0, 1, 2].map(() => [run('as usual'), run('prepared')])
const least = (which) => Math.min(...rounds.map((round) => round[which].user))
const ratio = least(0) / least(1)
const words = ratio > 1.3 ? 'more' : 'about the same'
console.log(process.version, 'two requests share a hidden class:', rounds[0][0].same, 'prepared:', rounds[0][1].same, 'processor time without preparation:', words)
if (process.env.FIGURES) console.error(ratio)
JS
for version in 20.19.6 22.23.3 24.21.0; do "node$version/node_modules/node/bin/node" compare.cjs; done | tee seen
[ "$(cat seen)" = 'v20.19.6 two requests share a hidden class: false prepared: true processor time without preparation: more
v22.23.3 two requests share a hidden class: false prepared: true processor time without preparation: more
v24.21.0 two requests share a hidden class: true prepared: true processor time without preparation: about the same' ]
