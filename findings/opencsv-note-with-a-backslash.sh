#!/usr/bin/env bash
# One would guess that a CSV file which follows RFC 4180 is read as it was written. To Java's opencsv and PHP's fgetcsv, a
# quotation mark behind a backslash doesn't end a field. So a note that ends with a backslash, as a line break in Markdown
# does, takes its amount and the next order along, up to a quotation mark that happens to fit: in PHP, A7 costs 7.00, which is
# the amount of A8, and of five orders there are three, or two in Java. The exit codes are those of a success. opencsv drops
# the other backslashes, so Tea\Coffee is TeaCoffee. Python's csv reads what was written. PHP 8.4 warns if `escape` is left
# out. What helps: `fgetcsv($file, escape: '')`, and `new RFC4180Parser()` in opencsv.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq openjdk-17-jre-headless=17.0.21.1+2-1~deb12u1 libbsh-java=2.0b4-20 libopencsv-java=5.2-1 libcommons-lang3-java=3.12.0-2+deb12u1 \
  php8.2-cli=8.2.36-1~deb12u1 php8.2-common=8.2.36-1~deb12u1 libsodium23=1.0.18-1+deb12u1 libargon2-1=0~20171227-0.3+deb12u1 \
  libxml2=2.9.14+dfsg-1.3~deb12u6 libicu72=72.1-3+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
# Where Java looks for its settings in /etc, it is to look in the folder.
find usr/lib/jvm -lname '/etc/*' -printf '%p %l\n' | while read -r link target; do ln -sf "$folder$target" "$link"; done

cat > orders.csv << 'CSV'
A7,"Thanks\",5.25
A8,"no ""sugar""",7.00
A9,Tea\Coffee,9.00
B1,"Bye\",6.00
B2,,1.00
CSV
cat > read.bsh << 'JAVA'
import com.opencsv.*;
show(what, parser) {
  rows = new CSVReaderBuilder(new java.io.FileReader("orders.csv")).withCSVParser(parser).build().readAll();
  print("opencsv, " + what + ": " + rows.size() + " orders");
  for (row : rows) print(("  " + String.join(" | ", row)).replace("\n", "\\n"));
}
show("default", new CSVParserBuilder().build());
show("RFC4180Parser", new RFC4180Parser());
JAVA
cat > read.php << 'PHP'
<?php
foreach (['default' => '\\', 'no escape' => ''] as $what => $escape) {
  $rows = [];
  for ($file = fopen('orders.csv', 'r'); $row = fgetcsv($file, escape: $escape);) $rows[] = '  ' . strtr(implode(' | ', $row), ["\n" => '\n']);
  echo "PHP, $what: ", count($rows), " orders\n", implode("\n", $rows), "\n";
}
PHP
php() { LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu usr/bin/php8.2 -n "$@"; }
echo "opencsv $(dpkg-deb -f libopencsv-java_*.deb Version), PHP $(php -r 'echo PHP_VERSION;')"
{
  usr/lib/jvm/java-17-openjdk-amd64/bin/java -cp "usr/share/java/*" bsh.Interpreter read.bsh
  php read.php
  /usr/bin/python3 -c 'import csv; print("Python:", len(list(csv.reader(open("orders.csv", newline="")))), "orders")'
} | tee seen
[ "$(cat seen)" = 'opencsv, default: 2 orders
  A7 | Thanks",5.25\nA8,no "sugar",7.00\nA9,TeaCoffee,9.00\nB1,Bye" | 6.00
  B2 |  | 1.00
opencsv, RFC4180Parser: 5 orders
  A7 | Thanks\ | 5.25
  A8 | no "sugar" | 7.00
  A9 | Tea\Coffee | 9.00
  B1 | Bye\ | 6.00
  B2 |  | 1.00
PHP, default: 3 orders
  A7 | Thanks\",5.25\nA8,no ""sugar""" | 7.00
  A9 | Tea\Coffee | 9.00
  B1 | Bye\",6.00\nB2,,1.00\n
PHP, no escape: 5 orders
  A7 | Thanks\ | 5.25
  A8 | no "sugar" | 7.00
  A9 | Tea\Coffee | 9.00
  B1 | Bye\ | 6.00
  B2 |  | 1.00
Python: 5 orders' ]
