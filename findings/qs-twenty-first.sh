#!/usr/bin/env bash
# One would guess that a name which stands several times in an address is a list, however often. To qs, which Express uses with
# `query parser` set to `extended`, a list has at most twenty elements. With the twenty-first it is an object with the keys 0 to
# 20: its `length` is undefined, `map` isn't a function, and a program that wraps whatever isn't a list has one product instead
# of 21. Up to 6.14.0, that was so for numbered names only (`id[21]`); a patch extended it to `id=` and `id[]=`. So qs doesn't
# read what it has written itself. Forms aren't touched, as body-parser sets a larger limit. It's documented. What helps: a
# parser of one's own, with a larger `arrayLimit`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 qs@6.17.1 qs-6.14.0@npm:qs@6.14.0 > /dev/null

cat > try.cjs << 'JS'
const express = require('express')
const qs = require('qs')
const older = require('qs-6.14.0')
const app = express().set('query parser', 'extended').use(express.urlencoded({ extended: true }))
app.all('/', (req, res) => res.json((req.body ?? req.query).id))
const kind = (ids) => (Array.isArray(ids) ? `a list of ${ids.length}` : `an object, whose length is ${ids.length}`)
const server = app.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}/`
  for (const count of [20, 21, 22]) {
    for (const arrayFormat of ['repeat', 'brackets', 'indices']) {
      const text = qs.stringify({ id: Array.from({ length: count }, (_, index) => index) }, { arrayFormat, encode: false })
      const query = await (await fetch(`${url}?${text}`)).json()
      const form = await (await fetch(url, { method: 'POST', body: new URLSearchParams(text) })).json()
      console.log(`${count}, ${text.slice(0, 12)}…`)
      console.log(`  query: ${kind(query)}; form: ${kind(form)}; qs 6.14.0: ${kind(older.parse(text).id)}`)
    }
  }
  server.close()
  server.closeAllConnections()
})
JS
echo "express 5.3.0, qs 6.17.1 and 6.14.0"
node try.cjs | tee seen
[ "$(cat seen)" = '20, id=0&id=1&id…
  query: a list of 20; form: a list of 20; qs 6.14.0: a list of 20
20, id[]=0&id[]=…
  query: a list of 20; form: a list of 20; qs 6.14.0: a list of 20
20, id[0]=0&id[1…
  query: a list of 20; form: a list of 20; qs 6.14.0: a list of 20
21, id=0&id=1&id…
  query: an object, whose length is undefined; form: a list of 21; qs 6.14.0: a list of 21
21, id[]=0&id[]=…
  query: an object, whose length is undefined; form: a list of 21; qs 6.14.0: a list of 21
21, id[0]=0&id[1…
  query: an object, whose length is undefined; form: a list of 21; qs 6.14.0: a list of 21
22, id=0&id=1&id…
  query: an object, whose length is undefined; form: a list of 22; qs 6.14.0: a list of 22
22, id[]=0&id[]=…
  query: an object, whose length is undefined; form: a list of 22; qs 6.14.0: a list of 22
22, id[0]=0&id[1…
  query: an object, whose length is undefined; form: a list of 22; qs 6.14.0: an object, whose length is undefined' ]
