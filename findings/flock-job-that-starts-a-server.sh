#!/usr/bin/env bash
# One would guess that `flock -n lock deploy.sh` keeps others out for as long as deploy.sh runs. The lock belongs to an open
# file, which every program that the script starts gets as well: if the script starts a server, or anything else in the
# background, the lock is held until that ends. The first deployment succeeds, and each later one is skipped without a word,
# with exit code 1, which means "somebody is at it" and is ignored where that is expected, for as long as the server is up.
# What helps: `flock -o`, with which the file is closed before the script begins.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(cat server.pid*) 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq util-linux=2.38.1-5+deb12u3 2> /dev/null
dpkg -x util-linux_*.deb .
flock=usr/bin/flock

cat > deploy.sh << 'SH'
sleep 60 > /dev/null 2>&1 &
echo $! > "server.pid$1"
echo "version $1 is deployed"
SH
# deploy VERSION OPTION…
deploy() {
  local code=0
  "$flock" "${@:2}" lock sh deploy.sh "$1" || code=$?
  echo "flock ${*:2}, version $1: exit code $code"
}
"$flock" --version
{
  deploy 1 -n
  deploy 2 -n
  kill "$(cat server.pid1)"
  sleep 0.2
  deploy 3 -n -o
  deploy 4 -n -o
} | tee seen
[ "$(cat seen)" = 'version 1 is deployed
flock -n, version 1: exit code 0
flock -n, version 2: exit code 1
version 3 is deployed
flock -n -o, version 3: exit code 0
version 4 is deployed
flock -n -o, version 4: exit code 0' ]
