#!/usr/bin/env bash
# One would guess that a list of addresses for request-filtering-agent may name networks of both families, and that the
# agent compares an address with those of its own. It compares it with all of them. Whenever a host turns out to have an
# IPv4 address, the console is told that the IPv6 networks of the list are not valid, with two stacks, and the other way
# round. The connection is made as it should be. So a server that names an IPv6 network writes a page of warnings for
# each request, and a test that fails on console.warn fails. Lists of one family help, if the hosts have no other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts request-filtering-agent@3.2.1 > /dev/null

cat > try.mjs << 'JS'
import http from 'node:http'
import { RequestFilteringHttpAgent } from 'request-filtering-agent'
const warnings = []
console.warn = (error) => warnings.push(error.message)
const server = http.createServer((_req, res) => res.end())
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const get = (denyIPAddressList) => {
  const agent = new RequestFilteringHttpAgent({ allowPrivateIPAddress: true, denyIPAddressList })
  const options = { host: '127.0.0.1', port: server.address().port, agent }
  return new Promise((resolve, reject) => http.get(options, resolve).once('error', reject))
}
for (const network of ['192.0.2.0/24', '2001:db8::/32']) {
  const { statusCode } = await get([network])
  console.log(`deny ${network}: status ${statusCode}, ${warnings.splice(0).join() || 'no warning'}`)
}
server.closeAllConnections()
server.close()
JS
seen=$(node try.mjs)
echo "request-filtering-agent 3.2.1"
echo "$seen"
[ "$seen" = "deny 192.0.2.0/24: status 200, no warning
deny 2001:db8::/32: status 200, [request-filtering-agent] Invalid CIDR in denyIPAddressList: 2001:db8::/32" ]
