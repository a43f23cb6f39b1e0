#!/usr/bin/env bash
# One would guess that columns which stand an inch apart are separate words to a program that reads a PDF. An invoice of pdfkit has
# each cell at a place of its own, and pypdf puts a space between two of them only if they are far enough from each other. With
# columns of an inch there is none: one coffee at 6.75 is 16.75, and with its sum 16.756.75. With wider ones, as a test may have them,
# all is well. pdftotext and unpdf have a space each time. What helps: pdftotext with `-layout`, or the x of each piece, from
# `visitor_text`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-pypdf=3.4.1-1+deb12u1 poppler-utils=22.12.0-2+deb12u3 libpoppler126=22.12.0-2+deb12u3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu PYTHONPATH=usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund pdfkit@0.20.2 unpdf@1.7.0 > /dev/null

cat > write.cjs << 'JS'
const { createWriteStream } = require('node:fs')
const PDFDocument = require('pdfkit')
const rows = [['Tea', '2', '5.25', '10.50'], ['Coffee', '1', '6.75', '6.75']]
for (const width of [72, 100]) {
  const pdf = new PDFDocument()
  pdf.pipe(createWriteStream(`${width}.pdf`))
  rows.forEach((cells, row) => cells.forEach((cell, column) => pdf.text(cell, 50 + column * width, 50 + row * 20)))
  pdf.end()
}
JS
cat > read.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { extractText, getDocumentProxy } from 'unpdf'
const { text } = await extractText(await getDocumentProxy(new Uint8Array(readFileSync(process.argv[2]))), { mergePages: true })
console.log(text)
JS
node write.cjs
echo "pypdf $(/usr/bin/python3 -c 'import pypdf; print(pypdf.__version__)'), pdfkit 0.20.2, unpdf 1.7.0, $(usr/bin/pdftotext -v 2>&1 | head -n 1)"
for width in 100 72; do
  echo "columns of $width points"
  echo "  pypdf: $(/usr/bin/python3 -c "import pypdf; print(pypdf.PdfReader('$width.pdf').pages[0].extract_text())" | grep . | paste -s -d '|')"
  echo "  unpdf: $(node read.mjs $width.pdf 2> /dev/null | paste -s -d '|')"
  echo "  pdftotext: $(usr/bin/pdftotext -layout $width.pdf - 2> /dev/null | grep '[a-z]' | tr -s ' ' | paste -s -d '|')"
done | tee seen
[ "$(cat seen)" = 'columns of 100 points
  pypdf: Tea 2 5.25 10.50|Coffee 1 6.75 6.75
  unpdf: Tea 2 5.25 10.50|Coffee 1 6.75 6.75
  pdftotext: Tea 2 5.25 10.50|Coffee 1 6.75 6.75
columns of 72 points
  pypdf: Tea25.2510.50|Coffee16.756.75
  unpdf: Tea 2 5.25 10.50|Coffee 1 6.75 6.75
  pdftotext: Tea 2 5.25 10.50|Coffee 1 6.75 6.75' ]
