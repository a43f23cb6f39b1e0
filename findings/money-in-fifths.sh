#!/usr/bin/env bash
# One would guess that an amount in the smallest unit of a currency is the same money to every library, since ISO 4217 says how many
# decimals there are. It says 2 for the ouguiya of Mauritania and the ariary of Madagascar, although their coins are fifths. dinero.js and
# Ruby's money count the fifths. So 25 is 0.25 ouguiya to Node's Intl and to services that go by ISO, and 5 ouguiya to these two,
# twenty times as much. dinero.js can't write it as a decimal either, and Ruby makes 1.2 of 1.25. What helps: an entry of one's own for
# these two currencies, with base 10 and two decimals.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dinero.js@2.0.2 > /dev/null
apt-get download -qq ruby-money=6.16.0-1 ruby-i18n=1.10.0-2 ruby-concurrent=1.1.6+dfsg-5 ruby3.1=3.1.7+really3.1.2-0+deb12u1 \
  libruby3.1=3.1.7+really3.1.2-0+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$(dirname "$folder"/usr/lib/*/libruby-3.1.so.3.1)
gems=$folder/usr/share/rubygems-integration/all/gems
RUBYLIB=$gems/money-6.16.0/lib:$gems/i18n-1.10.0/lib:$gems/concurrent-ruby-1.1.6/lib/concurrent-ruby
RUBYLIB+=:$folder/usr/lib/ruby/vendor_ruby:$folder/usr/lib/ruby/3.1.0:$LD_LIBRARY_PATH/ruby/3.1.0
export RUBYLIB

cat > try.mjs << 'JS'
import { add, dinero, toDecimal } from 'dinero.js'
import * as currencies from 'dinero.js/currencies'
const { MRU, USD } = currencies
console.log(`not in tenths: ${Object.values(currencies).filter(({ base }) => base !== 10).map(({ code }) => code).join(', ')}`)
const decimals = ({ code }) => new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits
for (const currency of [USD, MRU, { code: 'MRU', base: 10, exponent: 2 }]) {
  const money = dinero({ amount: 25, currency })
  try {
    console.log(`dinero.js, ${currency.code}: ${toDecimal(money)}`)
  } catch ({ message }) {
    console.log(`dinero.js, ${currency.code}: ${message} ${money.toJSON().amount / currency.base ** currency.exponent}`)
  }
}
console.log(`Intl, MRU: ${25 / 10 ** decimals(MRU)}`)
JS
cat > try.rb << 'RUBY'
require 'money'
Money.locale_backend = nil
Money.rounding_mode = BigDecimal::ROUND_HALF_UP
%w[USD MRU MGA].each { |code| puts "money, #{code}: #{Money.new(25, code).to_d.to_s('F')}, #{Money.from_amount(1.25, code).to_d.to_s('F')}" }
RUBY
echo "dinero.js 2.0.2, ruby-money 6.16.0"
node try.mjs | tee seen
usr/bin/ruby3.1 try.rb 2> /dev/null | tee -a seen
[ "$(cat seen)" = 'not in tenths: MGA, MRU
dinero.js, USD: 0.25
dinero.js, MRU: [Dinero.js] Currency is not decimal. 5
dinero.js, MRU: 0.25
Intl, MRU: 0.25
money, USD: 0.25, 1.25
money, MRU: 5.0, 1.2
money, MGA: 5.0, 1.2' ]
