#!/usr/bin/env bash
# One would guess that a tool which takes values out of XML gives what a reader of XML would see. `xmlstarlet sel` writes XML by default:
# `Tea & Co` comes out as `Tea &amp; Co`. In a table whose columns are separated by semicolons, as it is made with `-o ';'`, the
# semicolon of `&amp;` is one more column, and the price is `Co`. `Tea <5 kg>` has two more. A total over that column is of the other
# rows only. `xmllint --xpath 'string(...)'` and Perl's xpath give the text. What helps: `xmlstarlet sel -T`, for text, which the help
# lists among the options.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq xmlstarlet=1.6.1-3 libxslt1.1=1.1.35-1+deb12u4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

cat > shop.xml << 'XML'
<shop>
  <product><name>Cup</name><price>7.00</price></product>
  <product><name>Tea &amp; Co</name><price>5.25</price></product>
</shop>
XML
select=(-t -m '//product' -v name -o ';' -v price -n shop.xml)
usr/bin/xmlstarlet --version | head -n 1
{
  usr/bin/xmlstarlet sel "${select[@]}"
  echo "second column: $(usr/bin/xmlstarlet sel "${select[@]}" | cut -d ';' -f 2 | tr '\n' ' ')"
  usr/bin/xmlstarlet sel -T "${select[@]}"
} | tee seen
[ "$(cat seen)" = 'Cup;7.00
Tea &amp; Co;5.25
second column: 7.00  Co 
Cup;7.00
Tea & Co;5.25' ]
