#!/usr/bin/env bash
# One would guess that three columns are three columns in any language. Ruby's csv has a converter that makes symbols of
# headings, which `CSV.table` uses on its own. It drops what isn't a letter, a digit or a blank, and to its pattern only those
# from A to Z are letters. In German, `Größe` is `gre`, which one sees. In Greek, Russian or Japanese, each heading is the
# empty symbol, so all columns have one name: a row as a Hash has the first value only, `row[:""]` is the same one, and the
# price isn't to be found by any name. The names and amounts are all there by position. Nothing warns of it. What helps: a
# converter such as `->(heading) { heading.to_sym }`, or `:symbol_raw` of newer versions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu LC_ALL=C.UTF-8

cat > try.rb << 'RB'
require 'csv'
File.open('seen', 'w') do |seen|
  %w[Product,Price,Count Größe,Preis,Maß Προϊόν,Τιμή,Πλήθος].each do |headings|
    text = "#{headings}\ntea,5.25,2\n"
    seen.puts headings
    { ':symbol' => :symbol, 'to_sym' => ->(heading) { heading.to_sym } }.each do |name, converter|
      row = CSV.parse(text, headers: true, header_converters: converter).first
      seen.puts "  #{name}: #{row.to_h}"
    end
  end
end
puts "csv #{CSV::VERSION} of Ruby #{RUBY_VERSION}"
RB
usr/bin/ruby3.1 --disable-gems -I usr/lib/ruby/3.1.0 -I usr/lib/x86_64-linux-gnu/ruby/3.1.0 try.rb
cat seen
[ "$(cat seen)" = 'Product,Price,Count
  :symbol: {:product=>"tea", :price=>"5.25", :count=>"2"}
  to_sym: {:Product=>"tea", :Price=>"5.25", :Count=>"2"}
Größe,Preis,Maß
  :symbol: {:gre=>"tea", :preis=>"5.25", :ma=>"2"}
  to_sym: {:Größe=>"tea", :Preis=>"5.25", :Maß=>"2"}
Προϊόν,Τιμή,Πλήθος
  :symbol: {:""=>"tea"}
  to_sym: {:Προϊόν=>"tea", :Τιμή=>"5.25", :Πλήθος=>"2"}' ]
