#!/usr/bin/env bash
# One would guess that a CSV file which begins with a byte order mark is read as UTF-8, since that is what people add it for: the
# import dialog of LibreOffice and Excel take it as the sign. Without the dialog, `soffice --convert-to` takes the file for
# Windows-1252, in a UTF-8 locale as well: "Café" becomes "CafÃ©", and the mark itself becomes three characters of the first
# heading, so that no column has its name. What helps is to name the encoding: --infilter=CSV:44,34,76 (comma, quote, UTF-8).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# The package of Debian 12 is 1:7.4.7-1+deb12u… and is too large to be installed for this only.
version=$(soffice --version 2> /dev/null) || { echo 'Install LibreOffice first: apt-get install libreoffice-calc-nogui'; exit 1; }

printf '\xef\xbb\xbfname,price\nCafé,5.05\n' > orders.csv
convert() {
  # HOME is where LibreOffice writes its profile.
  LC_ALL=C.UTF-8 HOME="$folder" soffice --headless "$@" --convert-to fods orders.csv > /dev/null 2>&1
  sed -n 's/^ *<text:p>\([^<]*\)<\/text:p>$/\1/p' orders.fods | paste -sd ' '
}
seen=$(echo "without a filter: $(convert)"; echo "with the filter: $(convert --infilter=CSV:44,34,76)")
echo "$version"
echo "$seen"
[ "$seen" = 'without a filter: ï»¿name price CafÃ© 5.05
with the filter: name price Café 5.05' ]
