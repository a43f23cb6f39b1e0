#!/usr/bin/env bash
# One would guess that a proxy which checks its configuration finds a placeholder that it doesn't know, or leaves it empty. Caddy 2.6
# calls the configuration valid and sends the misspelled name, braces included, to the server behind it. A server that looks for
# a client's address in that header finds the same one for everybody. So look at what arrives, not at what is valid.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq caddy=2.6.2-5 2> /dev/null
dpkg -x caddy_*.deb .
export HOME=$folder

read -r origin proxy < <(node -e '
  const servers = [0, 1].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > Caddyfile << CADDY
{
  admin off
  auto_https off
}
http://127.0.0.1:$proxy {
  reverse_proxy 127.0.0.1:$origin {
    header_up X-Right {http.request.remote.host}
    header_up X-Wrong {http.request.remote.hots}
  }
}
CADDY
node -e '
  const { createServer } = require("node:http")
  const answer = ({ headers }, res) => res.end(`right: ${headers["x-right"]}\nwrong: ${headers["x-wrong"]}\n`)
  createServer(answer).listen(process.argv[1], "127.0.0.1")' "$origin" &
usr/bin/caddy run --config Caddyfile --adapter caddyfile 2> log &
until curl --silent --fail --output seen "http://127.0.0.1:$proxy/"; do sleep 0.1; done
echo "Caddy $(usr/bin/caddy version): $(usr/bin/caddy validate --config Caddyfile --adapter caddyfile 2> /dev/null)" | tee said
cat seen
[ "$(cat said seen)" = 'Caddy 2.6.2: Valid configuration
right: 127.0.0.1
wrong: {http.request.remote.hots}' ]
