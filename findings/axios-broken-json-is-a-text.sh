#!/usr/bin/env bash
# One would guess that an answer of application/json which is no JSON is an error. axios hands it over as a text, with
# `responseType: 'json'` as well, and its types say that `data` is what the caller has named. A list of orders that ends too
# early, or two documents in a row, has a `length`: that of the text. A loop over it runs once for each letter, a sum of
# `amount` is NaN, and an order has no `refunded`, so it looks as if it were not refunded. fetch, got, ky and superagent throw.
# It's in the list of axios's options, below `transitional`. What helps: `responseType: 'json'` together with `transitional: {
# silentJSONParsing: false }`; one of them alone changes nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund axios@1.21.1 got@14.6.6 ky@1.14.3 superagent@10.4.2 > /dev/null

cat > try.mjs << 'JS'
import { createServer } from 'node:http'
import axios from 'axios'
import got from 'got'
import ky from 'ky'
import superagent from 'superagent'
const answers = {
  '/whole': '[{"amount":5.25},{"amount":6}]',
  '/early-end': '[{"amount":5.25},{"amount":6}',
  '/two-lines': '{"amount":5.25}\n{"amount":6}',
}
const server = createServer((req, res) => {
  res.setHeader('Content-Type', 'application/json')
  res.end(answers[req.url])
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const transitional = { silentJSONParsing: false }
const clients = {
  fetch: async (url) => (await fetch(url)).json(),
  got: (url) => got(url).json(),
  ky: (url) => ky(url).json(),
  superagent: async (url) => (await superagent.get(url)).body,
  axios: async (url) => (await axios.get(url)).data,
  'axios, responseType': async (url) => (await axios.get(url, { responseType: 'json' })).data,
  'axios, silentJSONParsing': async (url) => (await axios.get(url, { transitional })).data,
  'axios, both': async (url) => (await axios.get(url, { responseType: 'json', transitional })).data,
}
for (const path of Object.keys(answers)) {
  console.log(path)
  for (const [name, ask] of Object.entries(clients)) {
    try {
      const orders = await ask(`http://127.0.0.1:${server.address().port}${path}`)
      let sum = 0
      for (const order of orders) sum += order.amount
      console.log(`  ${name}: ${orders.length} orders, ${sum}`)
    } catch (error) {
      console.log(`  ${name}: ${error.name}`)
    }
  }
}
process.exit()
JS
echo 'axios 1.21.1, got 14.6.6, ky 1.14.3, superagent 10.4.2'
node try.mjs | tee seen
[ "$(cat seen)" = '/whole
  fetch: 2 orders, 11.25
  got: 2 orders, 11.25
  ky: 2 orders, 11.25
  superagent: 2 orders, 11.25
  axios: 2 orders, 11.25
  axios, responseType: 2 orders, 11.25
  axios, silentJSONParsing: 2 orders, 11.25
  axios, both: 2 orders, 11.25
/early-end
  fetch: SyntaxError
  got: ParseError
  ky: SyntaxError
  superagent: SyntaxError
  axios: 29 orders, NaN
  axios, responseType: 29 orders, NaN
  axios, silentJSONParsing: 29 orders, NaN
  axios, both: SyntaxError
/two-lines
  fetch: SyntaxError
  got: ParseError
  ky: SyntaxError
  superagent: SyntaxError
  axios: 28 orders, NaN
  axios, responseType: 28 orders, NaN
  axios, silentJSONParsing: 28 orders, NaN
  axios, both: SyntaxError' ]
