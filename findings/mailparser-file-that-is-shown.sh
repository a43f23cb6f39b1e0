#!/usr/bin/env bash
# One would guess that a file with a name, sent with a mail, is an attachment to a program that reads mail. A file can also be sent to
# be shown where it stands (`inline`), as some mail programs do with all files. mailparser and postal-mime take such a file for a part
# of the message if it is plain text: the licence is not among the attachments, and stands behind the order's text as if the
# sender had written it. A CSV or a PDF sent in the same way is an attachment. Python's `iter_attachments` has all three. Neither
# README says what makes an attachment. What helps: a parser that keeps the parts apart, such as Python's, or goods in a ZIP or PDF.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund nodemailer@10.6.1 mailparser@3.14.2 postal-mime@4.0.0 > /dev/null

cat > write.mjs << 'JS'
import { createTransport } from 'nodemailer'
const attachments = ['licence.txt', 'sales.csv', 'invoice.pdf'].map((filename) => ({
  filename,
  content: `content of ${filename}`,
  contentDisposition: process.argv[2],
}))
const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({ text: 'Thank you.', attachments })
process.stdout.write(message)
JS
cat > read.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { simpleParser } from 'mailparser'
import PostalMime from 'postal-mime'
const file = readFileSync(0)
const parsed = { mailparser: await simpleParser(file), 'postal-mime': await PostalMime.parse(file) }
for (const [name, { attachments, text }] of Object.entries(parsed)) {
  console.log(`  ${name}: ${attachments.map(({ filename }) => filename).join(', ')}; text ${JSON.stringify(text.trim())}`)
}
JS
cat > read.py << 'PY'
import sys
from email import message_from_binary_file, policy

message = message_from_binary_file(sys.stdin.buffer, policy=policy.default)
names = ", ".join(part.get_filename() for part in message.iter_attachments())
print(f'  Python: {names}; text "{message.get_body().get_content().strip()}"')
PY
echo "nodemailer 10.6.1, mailparser 3.14.2, postal-mime 4.0.0, $(/usr/bin/python3 --version)"
for way in attachment inline; do
  echo "$way"
  node write.mjs $way > mail
  node read.mjs < mail
  /usr/bin/python3 read.py < mail
done | tee seen
[ "$(cat seen)" = 'attachment
  mailparser: licence.txt, sales.csv, invoice.pdf; text "Thank you."
  postal-mime: licence.txt, sales.csv, invoice.pdf; text "Thank you."
  Python: licence.txt, sales.csv, invoice.pdf; text "Thank you."
inline
  mailparser: sales.csv, invoice.pdf; text "Thank you.\ncontent of licence.txt"
  postal-mime: sales.csv, invoice.pdf; text "Thank you.\n\ncontent of licence.txt"
  Python: licence.txt, sales.csv, invoice.pdf; text "Thank you."' ]
