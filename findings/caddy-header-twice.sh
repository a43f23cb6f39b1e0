#!/usr/bin/env bash
# One would guess that Caddy's `header Cache-Control no-store` sets a header of the answer, as the manual says, and that there is one of
# them afterwards. It is set before the request goes on to the application, and what the application says is added to it: the answer
# has both, ours first. A field that is removed (`-Server`) and one that is replaced in a part wait for the answer by themselves; one
# that is set doesn't. What helps: `defer` in the block, which sets it when the answer is there, or `header_down` of
# `reverse_proxy`.
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
  header /set Cache-Control no-store
  header /deferred {
    Cache-Control no-store
    defer
  }
  handle /down {
    reverse_proxy 127.0.0.1:$origin {
      header_down Cache-Control no-store
    }
  }
  reverse_proxy 127.0.0.1:$origin
}
CADDY
node -e '
  const answer = (_req, res) => res.setHeader("Cache-Control", "private, max-age=60").end("paid")
  require("node:http").createServer(answer).listen(process.argv[1], "127.0.0.1")' "$origin" &
usr/bin/caddy run --config Caddyfile --adapter caddyfile 2> log &
until curl --silent --fail --output /dev/null "http://127.0.0.1:$proxy/"; do sleep 0.1; done
seen=$(for path in nothing set deferred down; do
  echo "$path: $(curl --silent --head "http://127.0.0.1:$proxy/$path" | tr -d '\r' | sed -n 's/^cache-control: //ip' | paste -sd '|')"
done)
echo "Caddy $(usr/bin/caddy version)"
echo "$seen"
[ "$seen" = 'nothing: private, max-age=60
set: no-store|private, max-age=60
deferred: no-store
down: no-store' ]
