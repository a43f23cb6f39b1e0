#!/usr/bin/env bash
# One would guess that a header which has only ASCII in it is sent as it is, perhaps with line breaks. Where Python's EmailMessage
# has no place to break a line, because there is no space, it writes the word as an encoded one, as it does with umlauts. The address
# of List-Unsubscribe, with a key in it, is such a word. Encoded words are not allowed there (RFC 2047), so mailparser finds no
# address to unsubscribe at, and takes all of it for a name. Python reads its own mail right, and a short address works, as it has
# in the test. nodemailer leaves the address whole. What helps: `email.policy.SMTP.clone(max_line_length=0)` for writing, or
# addresses of less than 60 characters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund mailparser@3.14.2 nodemailer@10.6.1 > /dev/null

cat > write.py << 'PY'
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage

address, length = sys.argv[1:]
message = EmailMessage()
message["To"] = "ann@mail.example"
message["Subject"] = "News"
message["List-Unsubscribe"] = f"<{address}>"
message.set_content("Tea is back.")
written = message.as_bytes(policy=policy.SMTP.clone(max_line_length=int(length)))
again = message_from_bytes(written, policy=policy.default)
assert again["List-Unsubscribe"] == f"<{address}>"
sys.stdout.buffer.write(written)
PY
cat > write.mjs << 'JS'
import { createTransport } from 'nodemailer'
const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({
  to: 'ann@mail.example',
  subject: 'News',
  list: { unsubscribe: process.argv[2] },
  text: 'Tea is back.',
})
process.stdout.write(message)
JS
cat > read.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { simpleParser } from 'mailparser'
const file = readFileSync(0)
const [, header] = /^List-Unsubscribe:\s*(\S+)/m.exec(file.toString())
const { url, name } = (await simpleParser(file)).headers.get('list').unsubscribe
const short = (text) => (text.length < 36 ? text : `${text.slice(0, 32)}...`)
console.log(`${short(header)} is read as ${url ? `the address ${short(url)}` : `the name ${short(name)}`}`)
JS
short='https://shop.example/leave?key=4711'
long='https://shop.example/leave?key=E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR-4711'
echo "$(/usr/bin/python3 --version), nodemailer 10.6.1, mailparser 3.14.2"
{
  echo "Python, short: $(/usr/bin/python3 write.py "$short" 78 | node read.mjs)"
  echo "Python, long: $(/usr/bin/python3 write.py "$long" 78 | node read.mjs)"
  echo "Python, long, in lines of any length: $(/usr/bin/python3 write.py "$long" 0 | node read.mjs)"
  echo "nodemailer, long: $(node write.mjs "$long" | node read.mjs)"
} | tee seen
[ "$(cat seen)" = 'Python, short: <https://shop.example/leave?key=... is read as the address https://shop.example/leave?key=4711
Python, long: =?utf-8?q?=3Chttps=3A//shop=2Eex... is read as the name =?utf-8?q?=3Chttps=3A//shop=2Eex...
Python, long, in lines of any length: <https://shop.example/leave?key=... is read as the address https://shop.example/leave?key=E...
nodemailer, long: <https://shop.example/leave?key=... is read as the address https://shop.example/leave?key=E...' ]
