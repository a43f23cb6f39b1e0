#!/usr/bin/env bash
# One would guess that what `logger` sends to the system's log is what it was given. A message has 1024 bytes at most, unless
# one asks for more: of an event as JSON with a long note, an argument is cut off there, and the end is nowhere. The same line
# through a pipe becomes two messages, neither of which is JSON. A line of 1000 bytes is right, so all works until the first
# buyer with a long note. The exit code is 0. What helps: `--size 64KiB`, if the log takes as much.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq bsdutils=1:2.38.1-5+deb12u3 2> /dev/null
dpkg -x bsdutils_*.deb .

# What a log would get, each message on a line
cat > log.py << 'PYTHON'
import re, socket
log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
log.bind('log')
while True:
    message = re.sub('^.*? shop: ', '', log.recv(100_000).decode())
    with open('got', 'a') as got:
        print(f'{len(message)} bytes, {message[:11]} … {message[-14:]}', file=got)
PYTHON
/usr/bin/python3 log.py &
until [ -S log ]; do sleep 0.1; done
# event LENGTH: an event of an order, with a note of that many letters
event() { echo "{\"order\":17,\"note\":\"$(printf "%$1s" | tr ' ' a)\",\"amount\":5.25}"; }
# tell NAME: what has arrived since
tell() {
  sleep 0.2
  echo "$1: exit code $code"
  cat got
  rm got
}
logger() { usr/bin/logger --socket log --tag shop "$@" && code=0 || code=$?; }
usr/bin/logger --version
{
  logger "$(event 900)"; tell 'a note of 900 letters'
  logger "$(event 1200)"; tell 'a note of 1200 letters'
  logger <<< "$(event 1200)"; tell 'a note of 1200 letters in a pipe'
  logger --size 64KiB "$(event 1200)"; tell 'a note of 1200 letters with --size 64KiB'
} | tee seen
[ "$(cat seen)" = 'a note of 900 letters: exit code 0
936 bytes, {"order":17 … "amount":5.25}
a note of 1200 letters: exit code 0
1024 bytes, {"order":17 … aaaaaaaaaaaaaa
a note of 1200 letters in a pipe: exit code 0
1024 bytes, {"order":17 … aaaaaaaaaaaaaa
212 bytes, aaaaaaaaaaa … "amount":5.25}
a note of 1200 letters with --size 64KiB: exit code 0
1236 bytes, {"order":17 … "amount":5.25}' ]
