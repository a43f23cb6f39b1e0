#!/usr/bin/env bash
# One would guess that making the fields of a form a part of the page keeps what one sees. `form.flatten()` of pdf-lib draws each
# field, also those that the form says are hidden: what a shop keeps in a hidden field of its ticket, such as what the seat was
# bought for, stands on the buyer's page afterwards. A field that is for the screen only is printed, too. pdftotext doesn't find
# it before, and does after. qpdf's `--flatten-annotations` leaves hidden fields out. What helps: qpdf, or `form.removeField` for
# those fields first.
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
import { readFileSync, writeFileSync } from 'node:fs'
import { PDFDocument } from 'pdf-lib'
const ticket = await PDFDocument.create()
const page = ticket.addPage([300, 200])
const add = (name, text, options) => {
  const field = ticket.getForm().createTextField(name)
  field.setText(text)
  field.addToPage(page, { width: 200, height: 20, ...options })
}
add('buyer', 'Seat of Ann', { y: 100 })
add('cost', 'Bought for 1.20', { y: 50, hidden: true })
writeFileSync('ticket.pdf', await ticket.save())

const flat = await PDFDocument.load(readFileSync('ticket.pdf'))
flat.getForm().flatten()
writeFileSync('pdf-lib.pdf', await flat.save())

const helped = await PDFDocument.load(readFileSync('ticket.pdf'))
helped.getForm().removeField(helped.getForm().getField('cost'))
helped.getForm().flatten()
writeFileSync('removed-first.pdf', await helped.save())
JS
node write.mjs
qpdf --flatten-annotations=all ticket.pdf qpdf.pdf
echo "pdf-lib 1.17.1, $(qpdf --version | head -n 1), $(pdftotext -v 2>&1 | head -n 1)"
for name in ticket pdf-lib removed-first qpdf; do
  echo "$name.pdf: $(pdftotext "$name.pdf" - 2> /dev/null | grep '[a-z]' | paste -s -d ';')"
done | tee seen
[ "$(cat seen)" = 'ticket.pdf: Seat of Ann
pdf-lib.pdf: Seat of Ann;Bought for 1.20
removed-first.pdf: Seat of Ann
qpdf.pdf: Seat of Ann' ]
