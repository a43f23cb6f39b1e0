#!/usr/bin/env bash
# One would guess that the usual library for VAT numbers knows what a country that it lists gives to new companies. Numbers of Belgium
# began with 0 for decades. Since 2023 they also begin with 1, which jsvat's rule doesn't allow. The prefix of Northern Ireland is XI
# since 2021, and jsvat has GB only. Both are reported as invalid, so a new company can't be sent its invoice. The fork jsvat-next, whose
# functions have the same names, knows them. What helps: the fork, or to take an invalid number for a reason to ask, not to refuse.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund jsvat@2.5.4 jsvat-next@3.0.4 > /dev/null

cat > try.cjs << 'JS'
const [older, newer] = [require('jsvat'), require('jsvat-next')]
const belgian = (base) => `BE${base}${97 - (Number(base) % 97)}`
for (const number of [belgian('04030192'), belgian('10000000'), 'GB980780684', 'XI980780684', 'BE0403019262']) {
  const seen = [older, newer].map(({ checkVAT, countries }) => (checkVAT(number, countries).isValid ? 'valid' : 'invalid'))
  console.log(`${number}: jsvat ${seen[0]}, jsvat-next ${seen[1]}`)
}
JS
echo 'jsvat 2.5.4, jsvat-next 3.0.4'
node try.cjs | tee seen
[ "$(cat seen)" = 'BE0403019261: jsvat valid, jsvat-next valid
BE1000000021: jsvat invalid, jsvat-next valid
GB980780684: jsvat valid, jsvat-next valid
XI980780684: jsvat invalid, jsvat-next valid
BE0403019262: jsvat invalid, jsvat-next invalid' ]
