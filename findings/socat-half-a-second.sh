#!/usr/bin/env bash
# One would guess that `printf REQUEST | socat - TCP:…` prints the answer, or fails if there is none. When the input has ended,
# socat waits for half a second, and then closes both directions: from a server that takes longer than that, nothing is printed,
# or the part that had arrived, and the exit code is 0. In front of a server, with TCP-LISTEN and fork, it does the same to
# every client that closes its sending side first, which HTTP allows. A script that asks for the health or the statistics of a
# server that is just busy gets an empty text, and not an error. It's the option -t in the manual, and `-t 60` is what helps.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq socat=1.7.4.4-2 libwrap0=7.6.q-32 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

cat > server.cjs << 'JS'
const { writeFileSync } = require('node:fs')
const server = require('node:net').createServer({ allowHalfOpen: true }, (socket) => {
  socket.once('data', (line) => {
    const wait = Number(line) * 1000
    socket.write('orders 3\n')
    setTimeout(() => socket.end('orders_paid 2\n'), wait)
  })
  socket.on('error', () => {})
})
server.listen(0, '127.0.0.1', () => writeFileSync('port', String(server.address().port)))
JS
node server.cjs &
until [ -s port ]; do sleep 0.1; done
ask() { # ask SECONDS OPTION…
  local code=0
  echo "$1" | usr/bin/socat "${@:2}" - "TCP:127.0.0.1:$(cat port)" > answer || code=$?
  echo "an answer that takes $1 seconds${2:+, with ${*:2}}: $(paste -s -d ' ' answer), exit code $code"
}
seen=$(ask 0; ask 1.5; ask 1.5 -t 60)
usr/bin/socat -V 2> /dev/null | sed -n '/socat version/s/ on .*//p'
echo "$seen"
[ "$seen" = 'an answer that takes 0 seconds: orders 3 orders_paid 2, exit code 0
an answer that takes 1.5 seconds: orders 3, exit code 0
an answer that takes 1.5 seconds, with -t 60: orders 3 orders_paid 2, exit code 0' ]
