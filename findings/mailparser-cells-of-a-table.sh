#!/usr/bin/env bash
# One would guess that the text of a mail has a space where its table has another column. If a mail has HTML only, which is what most shops
# send, mailparser makes its `text` from that, and writes one cell behind the other: two at 5.25 are "25.25", and one at 7.00 is
# "17.00". A program that looks for the amount in `text` finds one, and it is wrong. Rows run into each other as well. postal-mime
# leaves `text` undefined. html-to-text, which mailparser uses for it, has a format for tables, and mailparser has no option to ask for it.
# What helps: the `html` of the mail, with `convert(html, { selectors: [{ selector: 'table', format: 'dataTable' }] })`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund mailparser@3.14.2 postal-mime@4.0.0 html-to-text@10.0.1 > /dev/null

cat > try.mjs << 'JS'
import { convert } from 'html-to-text'
import { simpleParser } from 'mailparser'
import PostalMime from 'postal-mime'
const page = '<table><tr><th>Product</th><th>Pieces</th><th>Each</th></tr><tr><td>Tea</td><td>2</td><td>5.25</td></tr><tr><td>Cup</td><td>1</td><td>7.00</td></tr></table>'
const mail = ['From: shop@example.com', 'Subject: Your order', 'MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8', '', page, ''].join('\r\n')
const parsed = await simpleParser(mail)
console.log(`mailparser: ${parsed.text}`)
console.log(`postal-mime: ${(await PostalMime.parse(mail)).text}`)
console.log(convert(parsed.html, { selectors: [{ selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } }] }))
JS
echo 'mailparser 3.14.2, postal-mime 4.0.0, html-to-text 10.0.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'mailparser: ProductPiecesEachTea25.25Cup17.00
postal-mime: undefined
Product   Pieces   Each
Tea       2        5.25
Cup       1        7.00' ]
