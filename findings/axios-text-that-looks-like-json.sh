#!/usr/bin/env bash
# One would guess that axios reads JSON where the answer says that it is JSON. It tries to read every answer as JSON, whatever
# its Content-Type, and gives the text only where that fails. So of the references that a service sends as text/plain, "DE42" is
# a text and "1042" a number; a long one ends in other digits, "1e5" is 100000, the amount "5.20" is 5.2, and "null" is null. A
# file of one line is a number, and of two lines a text. got, ky and fetch ask for text() or json(). It's documented as
# `forcedJSONParsing`, among the options for the time of transition to a later version. What helps: `responseType: 'text'`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund axios@1.21.1 > /dev/null

cat > try.cjs << 'JS'
const axios = require('axios')
const { createServer } = require('node:http')
const texts = ['DE42', '1042', '0042', '12345678901234567890', '1e5', '5.20', 'null', '"tea"', '25\n', '25\n50\n']
const server = createServer((req, res) => res.setHeader('Content-Type', 'text/plain').end(texts[Number(req.url.slice(1))]))
server.listen(0, '127.0.0.1', async () => {
  for (const [index, text] of texts.entries()) {
    const url = `http://127.0.0.1:${server.address().port}/${index}`
    const { data } = await axios.get(url)
    const { data: asText } = await axios.get(url, { responseType: 'text' })
    console.log(`${JSON.stringify(text)}: ${typeof data} ${JSON.stringify(data)}; as a text: ${JSON.stringify(asText)}`)
  }
  server.close()
})
JS
echo 'axios 1.21.1'
node try.cjs | tee seen
[ "$(cat seen)" = '"DE42": string "DE42"; as a text: "DE42"
"1042": number 1042; as a text: "1042"
"0042": string "0042"; as a text: "0042"
"12345678901234567890": number 12345678901234567000; as a text: "12345678901234567890"
"1e5": number 100000; as a text: "1e5"
"5.20": number 5.2; as a text: "5.20"
"null": object null; as a text: "null"
"\"tea\"": string "tea"; as a text: "\"tea\""
"25\n": number 25; as a text: "25\n"
"25\n50\n": string "25\n50\n"; as a text: "25\n50\n"' ]
