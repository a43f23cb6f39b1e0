#!/usr/bin/env bash
# One would guess that a template of Liquid says the same in both of its libraries, as liquidjs is written to take templates that
# were made for Shopify and Jekyll. Whole numbers divide to a whole number in Ruby, so 1999 cents by 100 are 19, where liquidjs has
# 19.99. Ruby multiplies by decimals, so 1.005 by 100 rounds to 101, and to 100 in liquidjs. A time with an offset keeps it in Ruby,
# while liquidjs shows that of the process: a sale of half past midnight on December 1 in Berlin is of November on a server in UTC.
# What helps: amounts and days that are texts already, or `divided_by: 100.0`, which is 19.99 to both (but 2000 is 20.0 and 20).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1 ruby-liquid=5.4.0-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund liquidjs@10.30.1 > /dev/null

cat > templates << 'TEXT'
{{ 1999 | divided_by: 100 }}
{{ 1999 | divided_by: 100.0 }}
{{ 2000 | divided_by: 100.0 }}
{{ 1.005 | times: 100 | round }}
{{ 1.1 | times: 3 }}
{{ "2026-12-01T00:30:00+01:00" | date: "%B" }}
TEXT
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { Liquid } from 'liquidjs'
const liquid = new Liquid()
console.log(liquid.parseAndRenderSync(readFileSync('templates', 'utf8').trimEnd()))
JS
cat > try.rb << 'RB'
require 'liquid'
puts Liquid::Template.parse(File.read('templates')).render
RB
export TZ=UTC LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
export RUBYLIB=usr/lib/ruby/3.1.0:usr/lib/x86_64-linux-gnu/ruby/3.1.0:usr/share/rubygems-integration/all/gems/liquid-5.4.0/lib
usr/bin/ruby3.1 --disable-gems try.rb > ruby
node try.mjs > javascript
echo 'liquid 5.4.0 and liquidjs 10.30.1'
paste -d '|' templates ruby javascript | sed 's/}}|/}}: /; s/|\([^|]*\)$/ and \1/' | tee seen
[ "$(cat seen)" = '{{ 1999 | divided_by: 100 }}: 19 and 19.99
{{ 1999 | divided_by: 100.0 }}: 19.99 and 19.99
{{ 2000 | divided_by: 100.0 }}: 20.0 and 20
{{ 1.005 | times: 100 | round }}: 101 and 100
{{ 1.1 | times: 3 }}: 3.3 and 3.3000000000000003
{{ "2026-12-01T00:30:00+01:00" | date: "%B" }}: December and November' ]
