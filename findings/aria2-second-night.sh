#!/usr/bin/env bash
# One would guess that `aria2c -o export.csv`, run each night, writes export.csv, as `curl -o` and `wget -O` do. If there is a file of
# that name, aria2 writes export.1.csv, and the next night export.2.csv, with exit code 0, although a name was given. What reads
# export.csv has the sales of the first night from then on, and nobody is told, as all commands have succeeded. It is
# `--auto-file-renaming`, which is on by default. What helps: `--allow-overwrite=true --auto-file-renaming=false`, or to let it write
# into an empty folder, and to move the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq aria2=1.36.0-1 libaria2-0=1.36.0-1 libc-ares2=1.18.1-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

cat > server.cjs << 'JS'
const counts = {}
const server = require('node:http').createServer(({ method, url }, res) => {
  if (method === 'GET') counts[url] = (counts[url] ?? 0) + 1
  res.end(`sales of night ${counts[url]}\n`)
})
server.listen(0, '127.0.0.1', () => require('node:fs').writeFileSync('port', String(server.address().port)))
JS
node server.cjs &
until [ -s port ]; do sleep 0.1; done
url=http://127.0.0.1:$(cat port)
night() {
  case $1 in
    aria2) usr/bin/aria2c --quiet --no-conf -o export.csv -d "$1" "$url/$1" ;;
    aria2-helped) usr/bin/aria2c --quiet --no-conf --allow-overwrite=true --auto-file-renaming=false -o export.csv -d "$1" "$url/$1" ;;
    curl) curl --silent --output "$1/export.csv" "$url/$1" ;;
    wget) wget --quiet --output-document "$1/export.csv" "$url/$1" ;;
  esac
}
usr/bin/aria2c --version | sed -n 1p
for name in aria2 aria2-helped curl wget; do
  mkdir "$name"
  codes=
  for _ in 1 2 3; do
    code=0
    night "$name" || code=$?
    codes="$codes $code"
  done
  echo "$name: codes$codes; export.csv has the $(cat "$name/export.csv"); files:$(cd "$name" && printf ' %s' *)"
done | tee seen
[ "$(cat seen)" = 'aria2: codes 0 0 0; export.csv has the sales of night 1; files: export.1.csv export.2.csv export.csv
aria2-helped: codes 0 0 0; export.csv has the sales of night 3; files: export.csv
curl: codes 0 0 0; export.csv has the sales of night 3; files: export.csv
wget: codes 0 0 0; export.csv has the sales of night 3; files: export.csv' ]
