#!/usr/bin/env bash
# One would guess that a page which `removePage` of pdf-lib has removed is no longer in the file that is saved. It is no longer in
# the list of pages: the page and its text are still written, only nothing refers to them. A free sample of two pages of a book of
# twenty is as large as the book, and has the whole book in it, which any program that looks through the parts of a PDF can read,
# though no viewer shows it. qpdf and pdf-lib's own `copyPages`, into a new document, write what the pages need. The README only
# shows how to add and copy pages. What helps: `copyPages` into a new document, or qpdf behind it, and a look at the size.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq qpdf=11.3.0-1+deb12u1 libqpdf29=11.3.0-1+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund pdf-lib@1.17.1 > /dev/null

cat > write.mjs << 'JS'
import { readFileSync, writeFileSync } from 'node:fs'
import { PDFDocument, StandardFonts } from 'pdf-lib'
const book = await PDFDocument.create()
const font = await book.embedFont(StandardFonts.Helvetica)
for (let number = 1; number <= 20; number++) book.addPage().drawText(`Chapter ${number}`, { font })
writeFileSync('book.pdf', await book.save())

const sample = await PDFDocument.load(readFileSync('book.pdf'))
while (sample.getPageCount() > 2) sample.removePage(2)
writeFileSync('removed.pdf', await sample.save())

const copy = await PDFDocument.create()
for (const page of await copy.copyPages(await PDFDocument.load(readFileSync('book.pdf')), [0, 1])) copy.addPage(page)
writeFileSync('copied.pdf', await copy.save())
JS
cat > look.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { PDFDocument, PDFRawStream, decodePDFRawStream } from 'pdf-lib'
const pdf = await PDFDocument.load(readFileSync(process.argv[2]))
const chapters = pdf.context.enumerateIndirectObjects().flatMap(([, object]) => {
  if (!(object instanceof PDFRawStream)) return []
  const drawn = Buffer.from(decodePDFRawStream(object).decode()).toString().match(/<([0-9A-F]+)> Tj/)
  return drawn ? [Buffer.from(drawn[1], 'hex').toString()] : []
})
console.log(`${process.argv[2]}: ${pdf.getPageCount()} pages, texts of ${chapters.length}, the last is ${chapters.at(-1)}`)
JS
node write.mjs
usr/bin/qpdf book.pdf --pages . 1-2 -- qpdf.pdf
echo "pdf-lib 1.17.1, $(usr/bin/qpdf --version | head -n 1)"
for name in book removed copied qpdf; do node look.mjs "$name.pdf"; done | tee seen
[ "$(cat seen)" = 'book.pdf: 20 pages, texts of 20, the last is Chapter 20
removed.pdf: 2 pages, texts of 20, the last is Chapter 20
copied.pdf: 2 pages, texts of 2, the last is Chapter 2
qpdf.pdf: 2 pages, texts of 2, the last is Chapter 2' ]
