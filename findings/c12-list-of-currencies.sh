#!/usr/bin/env bash
# One would guess that what a configuration says counts instead of the default. c12, which loads the configuration of Nuxt, Nitro and others,
# merges with defu: a list is appended to, so a shop whose configuration has `currencies: ['eur']` sells in dollars as well, and
# nothing that one can write takes a default out of a list. null counts as nothing said, so `tax: null`, which was to switch the
# tax off, is the 19 of the default. 0, false and an empty text do count. The documentation of defu says both in a sentence each,
# that of c12 says "merged". nconf and rc replace the list, and lodash.merge mixes it by position. What helps: `merger` of c12
# with a function of one's own, or createDefu.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts c12@3.3.4 defu@6.1.7 nconf@0.13.0 rc@1.2.8 lodash@4.18.1 > /dev/null

cat > shop.config.json << 'JSON'
{ "currencies": ["eur"], "tax": null, "stock": 0 }
JSON
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { loadConfig } from 'c12'
import lodash from 'lodash'
import nconf from 'nconf'
import rc from 'rc'
const own = JSON.parse(readFileSync('shop.config.json', 'utf8'))
const defaults = () => ({ currencies: ['usd', 'gbp'], tax: 19, stock: 5 })
const found = {
  c12: (await loadConfig({ name: 'shop', defaults: defaults() })).config,
  nconf: new nconf.Provider().file('shop.config.json').defaults(defaults()).get(),
  rc: rc('shop', defaults(), { config: 'shop.config.json' }),
  'a spread': { ...defaults(), ...own },
  'lodash.merge': lodash.merge(defaults(), own),
}
console.log(`the configuration: ${JSON.stringify(own)}, the defaults: ${JSON.stringify(defaults())}`)
for (const [name, { currencies, tax, stock }] of Object.entries(found))
  console.log(`${name}: currencies ${currencies?.join(', ')}, tax ${tax}, stock ${stock}`)
JS
echo 'c12 3.3.4, defu 6.1.7, nconf 0.13.0, rc 1.2.8, lodash 4.18.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'the configuration: {"currencies":["eur"],"tax":null,"stock":0}, the defaults: {"currencies":["usd","gbp"],"tax":19,"stock":5}
c12: currencies eur, usd, gbp, tax 19, stock 0
nconf: currencies eur, tax null, stock 0
rc: currencies eur, tax null, stock 0
a spread: currencies eur, tax null, stock 0
lodash.merge: currencies eur, gbp, tax null, stock 0' ]
