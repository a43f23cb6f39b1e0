#!/usr/bin/env bash
# One would guess that the sum of the last two orders adds two orders. Of `Order.order(id: :desc).limit(2)`, Ruby's
# ActiveRecord counts two and lists two, and `sum(:cents)`, `average`, `minimum` and `maximum` are of all orders: the limit is
# applied to the one row of the answer. On the second page, with `offset(2)`, that row is left out, so the sum is 0, with
# orders on the page. Nothing is said about it. `count` makes a query in a query of it, and so does Sequel, another library for
# Ruby, for all of them. What helps: `Order.from(page, :orders).sum(:cents)`, or `page.to_a.sum(&:cents)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1 \
  ruby-activerecord=2:6.1.7.10+dfsg-1~deb12u4 ruby-activemodel=2:6.1.7.10+dfsg-1~deb12u4 ruby-activesupport=2:6.1.7.10+dfsg-1~deb12u4 \
  ruby-concurrent=1.1.6+dfsg-5 ruby-i18n=1.10.0-2 ruby-tzinfo=2.0.5-1 ruby-sequel=5.63.0-1 ruby-sqlite3=1.4.2-4+b3 \
  libsqlite3-0=3.40.1-2+deb12u2 libyaml-0-2=0.2.5-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu TZ=UTC

cat > try.rb << 'RB'
require 'logger'
require 'active_record'
require 'sequel'
puts "ActiveRecord #{ActiveRecord::VERSION::STRING}, Sequel #{Sequel::VERSION}"
ActiveRecord::Base.establish_connection(adapter: 'sqlite3', database: 'shop.db')
ActiveRecord::Base.connection.create_table(:orders) { |table| table.integer :cents }
class Order < ActiveRecord::Base; end
[525, 700, 900, 600].each { |cents| Order.create!(cents: cents) }
File.open('seen', 'w') do |seen|
  { 'the last two' => 0, 'the two before' => 2 }.each do |name, offset|
    page = Order.order(id: :desc).limit(2).offset(offset)
    seen.puts "#{name}: #{page.pluck(:cents)}", "  ActiveRecord: #{page.count} of #{page.sum(:cents)}, at most #{page.maximum(:cents).inspect}"
    seen.puts "  from the page: #{Order.from(page, :orders).sum(:cents)}, as a list: #{page.to_a.sum(&:cents)}"
    page = Sequel.sqlite('shop.db')[:orders].reverse(:id).limit(2, offset)
    seen.puts "  Sequel: #{page.count} of #{page.sum(:cents)}, at most #{page.max(:cents)}"
  end
end
RB
include=(-I usr/lib/ruby/3.1.0 -I usr/lib/x86_64-linux-gnu/ruby/3.1.0 -I usr/lib/ruby/vendor_ruby -I usr/lib/x86_64-linux-gnu/ruby/vendor_ruby/3.1.0)
for lib in usr/share/rubygems-integration/all/gems/{active*,i18n-*,tzinfo-*}/lib usr/share/rubygems-integration/all/gems/concurrent-ruby-1*/lib/concurrent-ruby; do
  include+=(-I "$lib")
done
usr/bin/ruby3.1 --disable-gems "${include[@]}" -r rubygems try.rb
cat seen
[ "$(cat seen)" = 'the last two: [600, 900]
  ActiveRecord: 2 of 2725, at most 900
  from the page: 1500, as a list: 1500
  Sequel: 2 of 1500, at most 900
the two before: [700, 525]
  ActiveRecord: 2 of 0, at most nil
  from the page: 1225, as a list: 1225
  Sequel: 2 of 1225, at most 700' ]
