#!/usr/bin/env bash
# One would guess that a file which is attached to a mail arrives as it was. Python's EmailMessage takes a text as an attachment, and
# sends it as it sends what is to be read: with a line break at its end, and its line breaks as those of the mail. So a licence of one
# line has more bytes when it arrives, and a CSV of Windows that was saved by a mail program of Unix has fewer. The text looks the
# same, but the checksum and the signature that the shop has published don't fit. Python's documentation only says that texts
# become lines. nodemailer sends a text to the byte. What helps: to attach bytes, with their type:
# `add_attachment(text.encode(), maintype="text", subtype="plain")`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund mailparser@3.14.2 nodemailer@10.6.1 > /dev/null

cat > write.py << 'PY'
import sys
from email import policy
from email.message import EmailMessage

way, line_end = sys.argv[1:]
message = EmailMessage()
message.set_content("Here are your files.")
for name, text in [("licence.txt", "KEY-1234"), ("sales.csv", "tea,5.25\r\ncoffee,6.75\r\n")]:
    if way == "text":
        message.add_attachment(text, filename=name)
    else:
        message.add_attachment(text.encode(), maintype="text", subtype="plain", filename=name)
rules = policy.SMTP if line_end == "SMTP" else policy.default
sys.stdout.buffer.write(message.as_bytes(policy=rules))
PY
cat > write.mjs << 'JS'
import { createTransport } from 'nodemailer'
const attachments = [
  { filename: 'licence.txt', content: 'KEY-1234' },
  { filename: 'sales.csv', content: 'tea,5.25\r\ncoffee,6.75\r\n' },
]
const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({ text: 'Here are your files.', attachments })
process.stdout.write(message)
JS
cat > read.mjs << 'JS'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { simpleParser } from 'mailparser'
const { attachments } = await simpleParser(readFileSync(0))
const sum = (content) => createHash('sha256').update(content).digest('hex').slice(0, 8)
console.log(attachments.map(({ filename, content }) => `${filename} ${JSON.stringify(content.toString())}, ${sum(content)}`).join('; '))
JS
echo "$(/usr/bin/python3 --version), nodemailer 10.6.1, mailparser 3.14.2"
{
  echo "the files: $(printf KEY-1234 | sha256sum | cut -c 1-8), $(printf 'tea,5.25\r\ncoffee,6.75\r\n' | sha256sum | cut -c 1-8)"
  for way in text bytes; do
    for policy in default SMTP; do
      echo "Python, $way, policy $policy: $(/usr/bin/python3 write.py $way $policy | node read.mjs)"
    done
  done
  echo "nodemailer: $(node write.mjs | node read.mjs)"
} | tee seen
[ "$(cat seen)" = 'the files: 550720b3, f6662f5e
Python, text, policy default: licence.txt "KEY-1234\n", 8962b546; sales.csv "tea,5.25\ncoffee,6.75\n", 7e263afd
Python, text, policy SMTP: licence.txt "KEY-1234\r\n", 2f297f30; sales.csv "tea,5.25\r\ncoffee,6.75\r\n", f6662f5e
Python, bytes, policy default: licence.txt "KEY-1234", 550720b3; sales.csv "tea,5.25\r\ncoffee,6.75\r\n", f6662f5e
Python, bytes, policy SMTP: licence.txt "KEY-1234", 550720b3; sales.csv "tea,5.25\r\ncoffee,6.75\r\n", f6662f5e
nodemailer: licence.txt "KEY-1234", 550720b3; sales.csv "tea,5.25\r\ncoffee,6.75\r\n", f6662f5e' ]
