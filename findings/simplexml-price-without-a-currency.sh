#!/usr/bin/env bash
# One would guess that an XML file which PHP makes JSON of has the same values in it.
# `json_encode(simplexml_load_string($xml))`, the usual way to make an array of a feed, drops the attributes of each element
# that has a text: of `<price currency="USD">5.25</price>`, 5.25 is left, and the dollars are gone. An element without a text
# keeps them. A title in CDATA, as shops write it, is an empty object, and an order of one line has no list. SimpleXML itself
# has all of it: `(string) $order->title` and `$order->price['currency']`. Nothing warns of it. What helps: reading the values
# from SimpleXML, and LIBXML_NOCDATA for the titles.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq php8.2-cli=8.2.36-1~deb12u1 php8.2-common=8.2.36-1~deb12u1 php8.2-xml=8.2.36-1~deb12u1 \
  libsodium23=1.0.18-1+deb12u1 libargon2-1=0~20171227-0.3+deb12u1 \
  libxml2=2.9.14+dfsg-1.3~deb12u6 libicu72=72.1-3+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
php() { usr/bin/php8.2 -n -d extension_dir="$(echo "$folder"/usr/lib/php/2*)" -d extension=simplexml "$@"; }

cat > try.php << 'PHP'
<?php
$xml = '<orders>
<order><title><![CDATA[Tea & cake]]></title><price currency="USD">5.25</price><free currency="USD"/><line>tea</line><line>cake</line></order>
<order><title>Tea</title><price currency="EUR">5.25</price><free currency="EUR"/><line>tea</line></order>
</orders>';
foreach (simplexml_load_string($xml) as $order) {
  echo json_encode($order), "\n";
  echo "  SimpleXML: {$order->title}, {$order->price} {$order->price['currency']}, ", count($order->line), " lines\n";
}
echo 'with LIBXML_NOCDATA: ', json_encode(simplexml_load_string($xml, options: LIBXML_NOCDATA)->order[0]), "\n";
PHP
php -r 'echo "PHP ", PHP_VERSION, "\n";'
php try.php | tee seen
[ "$(cat seen)" = '{"title":{},"price":"5.25","free":{"@attributes":{"currency":"USD"}},"line":["tea","cake"]}
  SimpleXML: Tea & cake, 5.25 USD, 2 lines
{"title":"Tea","price":"5.25","free":{"@attributes":{"currency":"EUR"}},"line":"tea"}
  SimpleXML: Tea, 5.25 EUR, 1 lines
with LIBXML_NOCDATA: {"title":"Tea & cake","price":"5.25","free":{"@attributes":{"currency":"USD"}},"line":["tea","cake"]}' ]
