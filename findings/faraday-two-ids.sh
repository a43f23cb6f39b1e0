#!/usr/bin/env bash
# One would guess that a client asks for the address that it was given. Ruby's Faraday takes the query of an address apart and
# puts it together again. Of two parameters with one name, the last is left: `?id=7&id=8` asks for one order, and the other one
# isn't in the answer, nor in the log of the server. The rest is sorted by name, and escaped by Faraday's own rules, so an
# address that was signed, or presigned for a download, is another one. It is so for an address that is passed as a text, with
# no parameters besides. Ruby's own Net::HTTP asks for what it was given. What helps: `request: { params_encoder:
# Faraday::FlatParamsEncoder }` keeps both, and its `sort_params = false` the order; colons are escaped still.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq ruby-faraday=1.1.0-7 ruby-multipart-post=2.0.0-2 ruby-ruby2-keywords=0.0.5-1 \
  ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
LD_LIBRARY_PATH=$(dirname "$folder"/usr/lib/*/libruby-3.1.so.3.1)
export LD_LIBRARY_PATH
RUBYLIB=$(printf '%s:' "$folder"/usr/share/rubygems-integration/all/gems/*/lib)$folder/usr/lib/ruby/vendor_ruby:$folder/usr/lib/ruby/3.1.0
export RUBYLIB=$RUBYLIB:$LD_LIBRARY_PATH/ruby/3.1.0

cat > server.cjs << 'JS'
const server = require('node:http').createServer(({ url }, res) => res.end(url))
server.listen(0, '127.0.0.1', () => require('node:fs').writeFileSync('port', String(server.address().port)))
JS
cat > try.rb << 'RUBY'
require 'faraday'
require 'net/http'

puts "Ruby #{RUBY_VERSION}, Faraday #{Faraday::VERSION}"
Faraday::FlatParamsEncoder.sort_params = false
flat = Faraday.new(request: { params_encoder: Faraday::FlatParamsEncoder })
['/orders?id=7&id=8', '/orders?to=5&from=1', '/orders?from=12:00', '/orders?name=(tea)', '/orders?page=2'].each do |path|
  address = "http://127.0.0.1:#{File.read('port')}#{path}"
  puts path, "  Net::HTTP: #{Net::HTTP.get(URI(address))}", "  Faraday: #{Faraday.get(address).body}", "  helped: #{flat.get(address).body}"
end
RUBY
node server.cjs &
until [ -s port ]; do sleep 0.1; done
usr/bin/ruby3.1 --disable-gems try.rb | tee seen
[ "$(sed 1d seen)" = '/orders?id=7&id=8
  Net::HTTP: /orders?id=7&id=8
  Faraday: /orders?id=8
  helped: /orders?id=7&id=8
/orders?to=5&from=1
  Net::HTTP: /orders?to=5&from=1
  Faraday: /orders?from=1&to=5
  helped: /orders?to=5&from=1
/orders?from=12:00
  Net::HTTP: /orders?from=12:00
  Faraday: /orders?from=12%3A00
  helped: /orders?from=12%3A00
/orders?name=(tea)
  Net::HTTP: /orders?name=(tea)
  Faraday: /orders?name=%28tea%29
  helped: /orders?name=%28tea%29
/orders?page=2
  Net::HTTP: /orders?page=2
  Faraday: /orders?page=2
  helped: /orders?page=2' ]
