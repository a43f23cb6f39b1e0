#!/usr/bin/env bash
# One would guess that a number which PHP passes to a statement, as in `$statement->execute([2])`, is a number in SQLite. PDO binds everything
# in that list as text. Compared with a column, the text becomes a number again by the column's type, so it's rarely noticed. An
# expression has no type, and to SQLite any text is greater than any number: `HAVING COUNT(*) >= ?` finds nothing, `<= ?` finds everything,
# and `price * 4 = ?` finds nothing, without an error. LIMIT works. What helps: bindValue(1, 2, PDO::PARAM_INT), or
# CAST(? AS INTEGER).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq php8.2-cli=8.2.36-1~deb12u1 php8.2-common=8.2.36-1~deb12u1 php8.2-sqlite3=8.2.36-1~deb12u1 \
  libsodium23=1.0.18-1+deb12u1 libargon2-1=0~20171227-0.3+deb12u1 \
  libxml2=2.9.14+dfsg-1.3~deb12u6 libicu72=72.1-3+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
php() { usr/bin/php8.2 -n -d extension_dir="$(echo "$folder"/usr/lib/php/2*)" -d extension=pdo -d extension=pdo_sqlite "$@"; }

cat > try.php << 'PHP'
<?php
$database = new PDO('sqlite::memory:');
echo 'PHP ', PHP_VERSION, ', SQLite ', $database->getAttribute(PDO::ATTR_SERVER_VERSION), "\n";
$database->exec("CREATE TABLE sales (product TEXT, price INTEGER);
  INSERT INTO sales VALUES ('tea', 25), ('tea', 25), ('cake', 50)");
$show = fn ($statement) => implode(' ', $statement->fetchAll(PDO::FETCH_COLUMN)) ?: 'none';
foreach ([
  ['price = ?', 25],
  ['price * 4 = ?', 100],
  ['price * 4 = CAST(? AS INTEGER)', 100],
  ['TRUE GROUP BY product HAVING COUNT(*) >= ?', 2],
  ['TRUE GROUP BY product HAVING COUNT(*) <= ?', 1],
  ['TRUE LIMIT ?', 2],
] as [$condition, $value]) {
  $text = $database->prepare("SELECT product FROM sales WHERE $condition");
  $text->execute([$value]);
  $number = $database->prepare("SELECT product FROM sales WHERE $condition");
  $number->bindValue(1, $value, PDO::PARAM_INT);
  $number->execute();
  echo "$condition, $value: {$show($text)}; bound as a number: {$show($number)}\n";
}
PHP
php try.php | tee seen
[ "$(tail -n +2 seen)" = 'price = ?, 25: tea tea; bound as a number: tea tea
price * 4 = ?, 100: none; bound as a number: tea tea
price * 4 = CAST(? AS INTEGER), 100: tea tea; bound as a number: tea tea
TRUE GROUP BY product HAVING COUNT(*) >= ?, 2: none; bound as a number: tea
TRUE GROUP BY product HAVING COUNT(*) <= ?, 1: cake tea; bound as a number: cake
TRUE LIMIT ?, 2: tea tea; bound as a number: tea tea' ]
