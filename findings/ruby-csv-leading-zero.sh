#!/usr/bin/env bash
# One would guess that a reader of tables which is told to convert numbers either keeps a code with a zero in front, or makes the
# number of its digits. Ruby's CSV, with `converters: :numeric` or `:all`, reads it as Ruby's source would be read: 010 is octal, so
# the article 010 is 8, and its price is that of another article. 0100 is 64, and 089, which is no octal number, is 89.0, a fraction.
# 0x1f is 31, and 0b11 is 3. The documentation says that a field is converted if `Kernel#Integer` takes it. What helps: a converter of
# one's own, `->(text) { Integer(text, 10) rescue text }`, or none for columns of codes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$(dirname "$folder"/usr/lib/*/libruby-3.1.so.3.1)
export RUBYLIB=$folder/usr/lib/ruby/3.1.0:$LD_LIBRARY_PATH/ruby/3.1.0

cat > try.rb << 'RUBY'
require 'csv'
codes = %w[8 010 0100 089 0x1f 0b11 1_2 10]
table = "code\n#{codes.join("\n")}\n"
decimal = ->(text) { Integer(text, 10) rescue text }
{ ':numeric' => :numeric, ':all' => :all, 'its own converter' => decimal }.each do |name, converter|
  puts "#{name}: #{CSV.parse(table, headers: true, converters: converter).map { |row| row['code'].inspect }.join(', ')}"
end
prices = CSV.parse("code,price\n8,5.25\n010,19.99\n", headers: true, converters: :numeric).to_h { |row| [row['code'], row['price']] }
puts "prices by code: #{prices.map { |code, price| "#{code} #{price}" }.join(', ')}"
RUBY
usr/bin/ruby3.1 --disable=gems -rcsv -e 'puts "Ruby #{RUBY_VERSION}, csv #{CSV::VERSION}"'
usr/bin/ruby3.1 --disable=gems try.rb | tee seen
[ "$(cat seen)" = ':numeric: 8, 8, 64, 89.0, 31, 3, 12, 10
:all: 8, 8, 64, 89.0, 31, 3, 12, 10
its own converter: 8, 10, 100, 89, "0x1f", "0b11", 12, 10
prices by code: 8 19.99' ]
