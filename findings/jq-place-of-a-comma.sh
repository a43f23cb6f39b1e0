#!/usr/bin/env bash
# One would guess that what `index` finds in a text is where a slice of it begins. In jq 1.6, which Debian 12 has, `index`, `rindex` and
# `indices` count bytes, and slices and `length` count characters: the last name of `Müller, Anna` is `Müller,` and her first name nna.
# Each umlaut before the comma moves it by one, each € by two. Without them, all is right, so the test data is. `match(",").offset` counts
# characters, and gojq counts them in all four. What helps: `split(", ")`, that `offset`, or gojq.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq jq=1.6-2.1+deb12u3 libjq1=1.6-2.1+deb12u3 libonig5=6.9.8-1 gojq=0.12.11-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

cat > asked << 'JQ'
.[:index(",")] + "; " + .[index(",") + 2:] + "; with match: " + .[:match(",").offset] + "; with split: " + split(", ")[0]
JQ
usr/bin/jq --version
usr/bin/gojq --version
for program in jq gojq; do
  for payer in 'Miller, Anna' 'Müller, Anna' '5 € tea, two'; do
    echo "$program: $(echo "\"$payer\"" | usr/bin/$program -r -f asked)"
  done
done | tee seen
[ "$(cat seen)" = 'jq: Miller; Anna; with match: Miller; with split: Miller
jq: Müller,; nna; with match: Müller; with split: Müller
jq: 5 € tea, ; o; with match: 5 € tea; with split: 5 € tea
gojq: Miller; Anna; with match: Miller; with split: Miller
gojq: Müller; Anna; with match: Müller; with split: Müller
gojq: 5 € tea; two; with match: 5 € tea; with split: 5 € tea' ]
