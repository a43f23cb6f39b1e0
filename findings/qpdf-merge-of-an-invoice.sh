#!/usr/bin/env bash
# One would guess that two PDF files made into one have what both had in them. An invoice for machines (ZUGFeRD, Factur-X) is a
# PDF with its data as an attached file. qpdf joins pages, and takes everything else from the first file: with a letter in front
# of the invoice the data are gone, with the invoice first they are there. `--empty`, which most examples begin with, loses them
# in any order. pdf-lib's copyPages loses them as well. The page looks the same, so the recipient finds out, and types the
# numbers in by hand or refuses the invoice. qpdf's manual says so. poppler's pdfunite keeps the attachments of each file. What
# helps: pdfunite, or qpdf's `--copy-attachments-from`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq qpdf=11.3.0-1+deb12u1 libqpdf29=11.3.0-1+deb12u1 \
  poppler-utils=22.12.0-2+deb12u3 libpoppler126=22.12.0-2+deb12u3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu PATH=usr/bin:$PATH
npm install --silent --no-audit --no-fund pdf-lib@1.17.1 > /dev/null

cat > write.mjs << 'JS'
import { writeFileSync } from 'node:fs'
import { PDFDocument } from 'pdf-lib'
const [letter, invoice] = [await PDFDocument.create(), await PDFDocument.create()]
letter.addPage()
invoice.addPage()
await invoice.attach(Buffer.from('<rsm:CrossIndustryInvoice/>'), 'factur-x.xml', { mimeType: 'text/xml' })
writeFileSync('letter.pdf', await letter.save())
writeFileSync('invoice.pdf', await invoice.save())
JS
cat > join.mjs << 'JS'
import { readFileSync, writeFileSync } from 'node:fs'
import { PDFDocument } from 'pdf-lib'
const joined = await PDFDocument.create()
for (const name of ['letter.pdf', 'invoice.pdf']) {
  const source = await PDFDocument.load(readFileSync(name))
  for (const page of await joined.copyPages(source, source.getPageIndices())) joined.addPage(page)
}
writeFileSync('pdf-lib.pdf', await joined.save())
JS
node write.mjs
node join.mjs
qpdf letter.pdf --pages letter.pdf invoice.pdf -- letter-first.pdf
qpdf invoice.pdf --pages letter.pdf invoice.pdf -- invoice-as-input.pdf
qpdf --empty --pages letter.pdf invoice.pdf -- empty.pdf
qpdf letter.pdf --copy-attachments-from invoice.pdf -- --pages letter.pdf invoice.pdf -- copied.pdf
pdfunite letter.pdf invoice.pdf pdfunite.pdf
echo "$(qpdf --version | head -n 1), pdf-lib 1.17.1, $(pdfunite -v 2>&1 | head -n 1)"
for name in letter-first invoice-as-input empty copied pdf-lib pdfunite; do
  echo "$name: $(pdfinfo "$name.pdf" | sed -n 's/^Pages: *//p') pages, $(pdfdetach -list "$name.pdf" | head -n 1)"
done | tee seen
[ "$(cat seen)" = 'letter-first: 2 pages, 0 embedded files
invoice-as-input: 2 pages, 1 embedded files
empty: 2 pages, 0 embedded files
copied: 2 pages, 1 embedded files
pdf-lib: 2 pages, 0 embedded files
pdfunite: 2 pages, 1 embedded files' ]
