#!/usr/bin/env bash
# One would guess that `{$SHOP_NAME}` in a Caddyfile is the value of that variable, as one argument. Its text is put in before the file
# is read, so a value of two words is two arguments. `header X-Shop {$SHOP_NAME}` with `Tea Shop` means "replace Tea by Shop in X-Shop",
# and there is no such header, without an error; `respond {$SHOP_NAME}` takes `Shop` for a status, and is 500 on each request; and of
# `Tea # 1`, the rest is a comment. `caddy validate` passes. With a name of one word, all of this works. The documentation says that a
# value may be several tokens, as for a list of servers; a name with a space is rarely thought of there. What helps: quotes around it,
# as long as the value has none, or `{env.SHOP_NAME}`, which is read when it is needed.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq caddy=2.6.2-5 2> /dev/null
dpkg -x caddy*.deb .
export HOME=$folder

read -r port < <(node -e '
  const servers = [0].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > Caddyfile << CONF
{
  admin off
  auto_https off
}
http://127.0.0.1:$port {
  header X-Plain {\$SHOP_NAME}
  header X-Quoted "{\$SHOP_NAME}"
  header X-Env {env.SHOP_NAME}
  respond /plain {\$SHOP_NAME}
  respond ok
}
CONF
echo 'Caddy 2.6.2'
for name in Tea 'Tea Shop' 'Tea # 1'; do
  export SHOP_NAME=$name
  valid=$(usr/bin/caddy validate --config Caddyfile --adapter caddyfile 2> /dev/null | tail -n 1)
  usr/bin/caddy run --config Caddyfile --adapter caddyfile 2> /dev/null &
  until curl --silent --output /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
  headers=$(curl --silent --head "http://127.0.0.1:$port/" | tr -d '\r')
  of() { sed -n "s/^$1: //Ip" <<< "$headers"; }
  echo "$name: $valid; plain \"$(of x-plain)\", quoted \"$(of x-quoted)\", env \"$(of x-env)\"," \
    "respond $(curl --silent --write-out ' %{http_code}' "http://127.0.0.1:$port/plain")"
  kill %% && wait %% 2> /dev/null || true
done | tee seen
[ "$(cat seen)" = 'Tea: Valid configuration; plain "Tea", quoted "Tea", env "Tea", respond Tea 200
Tea Shop: Valid configuration; plain "", quoted "Tea Shop", env "Tea Shop", respond  500
Tea # 1: Valid configuration; plain "Tea", quoted "Tea # 1", env "Tea # 1", respond Tea 200' ]
