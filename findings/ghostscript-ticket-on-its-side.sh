#!/usr/bin/env bash
# One would guess that Ghostscript, which makes a PDF smaller, leaves each page as it stands. It counts which way the letters of a page
# run, and turns the page so that most of them can be read: a ticket whose terms stand along its edge, with more letters than its front,
# lies on its side on the screen, and on the paper, while the next page, with fewer of them, stands. The size of the page is the
# same, as it is only marked as turned. qpdf leaves pages alone. What helps: `-dAutoRotatePages=/None`, deep in the documentation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
command -v gs > /dev/null || apt-get install -y ghostscript=10.0.0~dfsg-11+deb12u9 > /dev/null # has libraries and fonts of its own
apt-get download -qq poppler-utils=22.12.0-2+deb12u3 libpoppler126=22.12.0-2+deb12u3 \
  qpdf=11.3.0-1+deb12u1 libqpdf29=11.3.0-1+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund pdf-lib@1.17.1 > /dev/null

cat > write.mjs << 'JS'
import { writeFileSync } from 'node:fs'
import { PDFDocument, StandardFonts, degrees } from 'pdf-lib'
const tickets = await PDFDocument.create()
const font = await tickets.embedFont(StandardFonts.Helvetica)
for (const terms of ['Not for resale. The hall opens at seven. Bring your own cup.', 'Not for resale.']) {
  const page = tickets.addPage([300, 500])
  page.drawText('Seat 5, row 3, hall B', { x: 40, y: 450, size: 20, font })
  page.drawText(terms, { x: 290, y: 40, size: 8, font, rotate: degrees(90) })
}
writeFileSync('tickets.pdf', await tickets.save())
JS
node write.mjs
gs -q -o ghostscript.pdf -sDEVICE=pdfwrite tickets.pdf
gs -q -o none.pdf -sDEVICE=pdfwrite -dAutoRotatePages=/None tickets.pdf
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu PATH=usr/bin:$PATH
qpdf --object-streams=generate tickets.pdf qpdf.pdf
echo "Ghostscript $(LD_LIBRARY_PATH='' gs --version), pdf-lib 1.17.1, $(qpdf --version | head -n 1)"
for name in tickets ghostscript none qpdf; do
  turned=$(pdfinfo -f 1 -l 2 $name.pdf 2> /dev/null | sed -n 's/^Page *[0-9]* rot: *//p' | paste -s -d ' ')
  size=$(pdfinfo $name.pdf 2> /dev/null | sed -n 's/^Page size: *//p')
  echo "$name.pdf: turned by $turned, $size"
done | tee seen
[ "$(cat seen)" = 'tickets.pdf: turned by 0 0, 300 x 500 pts
ghostscript.pdf: turned by 90 0, 300 x 500 pts
none.pdf: turned by 0 0, 300 x 500 pts
qpdf.pdf: turned by 0 0, 300 x 500 pts' ]
