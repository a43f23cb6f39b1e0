#!/usr/bin/env bash
# One would guess that a program which nohup has started survives the end of its terminal: nohup has the signal SIGHUP ignored, and a
# program inherits that, as sleep does. Node sets each ignored signal back to its default when it starts, so SIGHUP ends it, and its own
# code can't even find out that it was to be ignored. Its children, such as what npm starts, don't inherit it either. What helps: listen
# for the signal, whose default is to end the process; or don't be there when it is sent, with setsid or a supervisor.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
versions='20.20.2 26.10.0'
for version in $versions; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

# Starts a program under nohup, sends it SIGHUP, and says how it ends: 143 is SIGTERM, which it gets afterwards.
try() {
  nohup "$@" > ready 2> /dev/null &
  local started=$!
  for _ in $(seq 100); do [ -s ready ] && break; sleep 0.1; done
  kill -HUP $started
  sleep 0.5
  kill -TERM $started 2> /dev/null || true
  wait $started 2> /dev/null || echo $?
  : > ready
}
for version in $versions; do
  node="node$version/node_modules/node/bin/node"
  echo "Node $version: $(try "$node" -e 'console.log("ready"); setInterval(() => {}, 1000)')"
  echo "Node $version that listens: $(try "$node" -e 'process.on("SIGHUP", () => {}); console.log("ready"); setInterval(() => {}, 1000)')"
done > seen
echo "sleep: $(try sh -c 'echo ready; exec sleep 60')" >> seen
cat seen
[ "$(cat seen)" = 'Node 20.20.2: 129
Node 20.20.2 that listens: 143
Node 26.10.0: 129
Node 26.10.0 that listens: 143
sleep: 143' ]
