#!/usr/bin/env bash
# One would guess that pdftotext gives the text of a page as it is printed. It takes a hyphen at the end of a line for that of a
# divided word, drops it, and joins the two lines. A licence key or an address that is too long for its column is broken at one of
# its own hyphens, by pdfkit for example, and is read without it: ABCDE-FGHIJ-KLMNO becomes ABCDE-FGHIJKLMNO, which looks like a key,
# and isn't one. It depends on the width of the column whether that happens. All that the manual has on it is the word hyphenation,
# in the description of `-layout`. With that, and with `-raw`, hyphen and line break stay. What helps: one of these, and to print
# keys so that they fit on a line.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq poppler-utils=22.12.0-2+deb12u3 libpoppler126=22.12.0-2+deb12u3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu PATH=usr/bin:$PATH
npm install --silent --no-audit --no-fund pdfkit@0.20.2 > /dev/null

cat > write.cjs << 'JS'
const { createWriteStream } = require('node:fs')
const PDFDocument = require('pdfkit')
for (const width of [300, 120]) {
  const pdf = new PDFDocument()
  pdf.pipe(createWriteStream(`${width}.pdf`))
  pdf.text('ABCDE-FGHIJ-KLMNO', { width })
  pdf.text('shop.example/two-cups-of-tea.pdf', { width })
  pdf.end()
}
JS
node write.cjs
echo "$(pdftotext -v 2>&1 | head -n 1), pdfkit 0.20.2"
for width in 300 120; do
  for option in '' -raw -layout; do
    # shellcheck disable=SC2086
    echo "a column of $width, pdftotext $option: $(pdftotext $option $width.pdf - 2> /dev/null | grep '[a-zA-Z]' | paste -s -d '|')"
  done
done | tee seen
[ "$(cat seen)" = 'a column of 300, pdftotext : ABCDE-FGHIJ-KLMNO|shop.example/two-cups-of-tea.pdf
a column of 300, pdftotext -raw: ABCDE-FGHIJ-KLMNO|shop.example/two-cups-of-tea.pdf
a column of 300, pdftotext -layout: ABCDE-FGHIJ-KLMNO|shop.example/two-cups-of-tea.pdf
a column of 120, pdftotext : ABCDE-FGHIJKLMNO|shop.example/twocups-of-tea.pdf
a column of 120, pdftotext -raw: ABCDE-FGHIJ-|KLMNO|shop.example/two-|cups-of-tea.pdf
a column of 120, pdftotext -layout: ABCDE-FGHIJ-|KLMNO|shop.example/two-|cups-of-tea.pdf' ]
