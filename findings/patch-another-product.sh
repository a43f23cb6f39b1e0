#!/usr/bin/env bash
# One would guess that a patch which changes the price of tea changes that or nothing. GNU patch looks for the lines around the change,
# at first all of them, then without the outermost ones ("fuzz"), in the whole file. The name of the product is an outermost line. If
# the tea has got another price in the meantime, its own lines don't fit any more, but those of a book that cost the same do: the book
# costs what the tea was to cost, the tea is as it was, and patch exits with 0. It prints a line with `fuzz 2 (offset 8 lines)`.
# `git apply`, and `applyPatch` of diff, reject it. What helps: one of those, `patch --fuzz=0`, or a diff with more lines around it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq patch=2.7.6-7+deb12u1 2> /dev/null
dpkg -x patch_*.deb .
npm install --silent --no-audit --no-fund diff@9.0.0 > /dev/null

# product NAME PRICE
product() { printf '[%s]\ntitle = %s\nfile = %s.pdf\ncurrency = usd\nprice = %s\ntax = 19\nregion = eu\n\n' "$1" "$1" "$1" "$2"; }
{ product tea 5.25; product book 5.25; } > base.ini
{ product tea 5.50; product book 5.25; } > wanted.ini
{ product tea 4.99; product book 5.25; } > meanwhile.ini
diff -u --label a/shop.ini --label b/shop.ini base.ini wanted.ini > change.diff || true
prices() { sed -n 's/^\[\(.*\)\]/\1/p; s/^price = //p' "$1" | paste -s -d ' '; }

cat > apply.mjs << 'JS'
import { readFileSync, writeFileSync } from 'node:fs'
import { applyPatch } from 'diff'
const text = applyPatch(readFileSync('shop.ini', 'utf8'), readFileSync('change.diff', 'utf8'))
if (text === false) process.exit(1)
writeFileSync('shop.ini', text)
JS
# try NAME COMMAND...
try() {
  for base in base meanwhile; do
    cp $base.ini shop.ini
    if "${@:2}" > said 2>&1; then result=applied; else result=rejected; fi
    echo "$1, $base: $result, $(prices shop.ini)$(sed -n 's/^Hunk/; Hunk/p' said)"
  done
}
echo "$(usr/bin/patch --version | head -n 1), diff 9.0.0, $(git --version)"
{
  try patch usr/bin/patch --forward --reject-file=- shop.ini change.diff
  try 'patch without fuzz' usr/bin/patch --forward --reject-file=- --fuzz=0 shop.ini change.diff
  try 'git apply' git apply change.diff
  try diff node apply.mjs
} | tee seen
[ "$(cat seen)" = 'patch, base: applied, tea 5.50 book 5.25
patch, meanwhile: applied, tea 4.99 book 5.50; Hunk #1 succeeded at 10 with fuzz 2 (offset 8 lines).
patch without fuzz, base: applied, tea 5.50 book 5.25
patch without fuzz, meanwhile: rejected, tea 4.99 book 5.25; Hunk #1 FAILED at 2.
git apply, base: applied, tea 5.50 book 5.25
git apply, meanwhile: rejected, tea 4.99 book 5.25
diff, base: applied, tea 5.50 book 5.25
diff, meanwhile: rejected, tea 4.99 book 5.25' ]
