#!/usr/bin/env bash
# One would guess that `tomlq -t '.title = "Green tea"'` changes the title of a TOML file. Debian's yq, which brings tomlq,
# passes the file through jq, and JSON has fewer types: each day, each time and each moment comes back in quotes, as a text,
# and a price of 5.00 as the whole number 5, in lines that weren't meant. A program that asks the file for a date, such as a
# generator of websites that sorts its pages, or for a decimal, has another type from then on, and comments are gone. Nothing
# is said, and the exit code is 0. What helps: `sed` for a single line, or python3-tomlkit, which keeps the rest as it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq yq=3.1.0-3 jq=1.6-2.1+deb12u3 libjq1=1.6-2.1+deb12u3 libonig5=6.9.8-1 python3-toml=0.10.2-1 \
  python3-tomlkit=0.11.7-1 python3-xmltodict=0.13.0-1.1~deb12u1 python3-yaml=6.0-3+b2 python3-argcomplete=2.0.0-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PATH=$folder/usr/bin:$PATH LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu PYTHONPATH=usr/lib/python3/dist-packages

cat > tea.toml << 'TOML'
title = "Tea"
since = 2026-11-01
opens = 09:30:00
changed = 2026-11-01T10:00:00Z
price = 5.00 # with tax
TOML
cat > kinds.py << 'PYTHON'
import sys, tomllib
print(*(f'{key} {type(value).__name__}' for key, value in tomllib.load(sys.stdin.buffer).items()), sep=', ')
PYTHON
cat > change.py << 'PYTHON'
import sys, tomlkit
page = tomlkit.load(sys.stdin)
page['title'] = 'Green tea'
print(tomlkit.dumps(page), end='')
PYTHON
python=/usr/bin/python3
echo "yq 3.1.0, $(jq --version)"
{
  echo "before: $($python kinds.py < tea.toml)"
  $python usr/bin/tomlq -t '.title = "Green tea"' tea.toml > changed.toml
  cat changed.toml
  echo "tomlq: $($python kinds.py < changed.toml)"
  echo "tomlkit: $($python change.py < tea.toml | $python kinds.py)"
} | tee seen
[ "$(cat seen)" = 'before: title str, since date, opens time, changed datetime, price float
title = "Green tea"
since = "2026-11-01"
opens = "09:30:00"
changed = "2026-11-01T10:00:00+00:00"
price = 5
tomlq: title str, since str, opens str, changed str, price int
tomlkit: title str, since date, opens time, changed datetime, price float' ]
