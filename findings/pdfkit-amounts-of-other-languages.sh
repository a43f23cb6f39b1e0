#!/usr/bin/env bash
# One would guess that a library for PDF files refuses a character which its font doesn't have, as pdf-lib does. PDFKit, with the fonts that
# every reader has, such as its default, takes the bytes of the character for characters of their own. Intl separates the thousands of
# French by a narrow space, so 1234.50 is `1 /234,50 €` on the invoice. Its minus of Swedish and Norwegian becomes a quotation mark, and
# a refund looks like a payment. Nothing is reported. What helps: a font file that has these characters, or to replace them before,
# by a no-break space and a hyphen.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --omit=optional --ignore-scripts pdfkit@0.20.2 pdf-lib@1.17.1 pdfjs-dist@4.10.38 > /dev/null

cat > try.mjs << 'JS'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import PDFKit from 'pdfkit'

const draw = (text) => new Promise((done) => {
  const document = new PDFKit()
  const parts = []
  document.on('data', (part) => parts.push(part)).on('end', () => done(new Uint8Array(Buffer.concat(parts))))
  document.text(text).end()
})
const read = async (data) => {
  const page = await (await getDocument({ data, verbosity: 0 }).promise).getPage(1)
  return (await page.getTextContent()).items.map(({ str }) => str).join('')
}
const peer = await PDFDocument.create()
const font = await peer.embedFont(StandardFonts.Helvetica)
for (const [language, amount, currency] of [['en', 1234.5, 'EUR'], ['fr', 1234.5, 'EUR'], ['sv', -1234.5, 'SEK'], ['nb', -5, 'NOK']]) {
  const text = new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount)
  let other = 'has all of it'
  try {
    peer.addPage().drawText(text, { font })
  } catch (error) {
    other = error.message.replace(/ ".*" /, ' ')
  }
  const shown = (await read(await draw(text))).replace(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, ' ')
  console.log(`${language} ${amount}: PDFKit ${shown}, pdf-lib ${other}`)
}
JS
node -p '["pdfkit", "pdf-lib"].map((name) => `${name} ${JSON.parse(require("fs").readFileSync(`node_modules/${name}/package.json`)).version}`).join(", ")'
# pdf.js, which reads the text here, warns that it can't draw
node try.mjs | grep PDFKit | tee seen
[ "$(cat seen)" = 'en 1234.5: PDFKit €1,234.50, pdf-lib has all of it
fr 1234.5: PDFKit 1 /234,50 €, pdf-lib WinAnsi cannot encode (0x202f)
sv -1234.5: PDFKit " 1 234,50 kr, pdf-lib WinAnsi cannot encode (0x2212)
nb -5: PDFKit " 5,00 kr, pdf-lib WinAnsi cannot encode (0x2212)' ]
