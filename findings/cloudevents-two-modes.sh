#!/usr/bin/env bash
# One would guess that an event of the CloudEvents SDK says the same whether it is sent in binary mode (attributes in headers, data
# in the body) or structured mode (all of it in one JSON document), since the specification only moves the parts. Data of 0 or
# false are read in binary mode, and not in structured mode, although they are there. A text that is sent as JSON is quoted in
# structured mode, but is the bare body in binary mode, which no JSON parser reads. What helps: make the data an object.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund cloudevents@10.0.0 > /dev/null

cat > try.cjs << 'JS'
const { CloudEvent, HTTP } = require('cloudevents')
const isJson = (text) => {
  try { JSON.parse(text); return 'JSON' } catch { return 'no JSON' }
}
for (const data of [25, 0, false, 'paid']) {
  const event = new CloudEvent({ type: 'order', source: '/shop', datacontenttype: 'application/json', data })
  for (const mode of ['binary', 'structured']) {
    const { headers, body } = HTTP[mode](event)
    const message = { headers, body: String(body) } // as it arrives
    console.log(`${JSON.stringify(data)}, ${mode}: the body is ${isJson(message.body)}, and is read as`, HTTP.toEvent(message).data)
  }
}
JS
node try.cjs | tee seen
[ "$(cat seen)" = '25, binary: the body is JSON, and is read as 25
25, structured: the body is JSON, and is read as 25
0, binary: the body is JSON, and is read as 0
0, structured: the body is JSON, and is read as undefined
false, binary: the body is JSON, and is read as false
false, structured: the body is JSON, and is read as undefined
"paid", binary: the body is no JSON, and is read as paid
"paid", structured: the body is JSON, and is read as paid' ]
