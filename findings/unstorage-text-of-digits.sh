#!/usr/bin/env bash
# One would guess that a store gives back the text that was put into it. unstorage writes each text as it is, and guesses when
# it reads: what looks like JSON is parsed. The code `1e5` of an order is 100000, a price of `0.10` is 0.1, `12345` is a number
# and `012345` a text, `true` and `null` are what they say, and the text of a signed JSON is an object, so its signature can't
# be checked any more. Of a thousand codes of letters and digits, only a few are changed, so tests pass. Its interface promises
# the type that the caller names. What helps: `setItemRaw` and `getItemRaw`, or JSON.stringify before each `setItem`, for texts
# as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund unstorage@1.17.6 > /dev/null

cat > try.mjs << 'JS'
import { createStorage } from 'unstorage'
import fsDriver from 'unstorage/drivers/fs-lite'
const stores = { memory: createStorage(), files: createStorage({ driver: fsDriver({ base: './store' }) }) }
const show = (value) => `${typeof value === 'object' && value ? 'object' : typeof value} ${JSON.stringify(value) ?? value}`
for (const text of ['A7c9', '12345', '012345', '1e5', '0.10', 'true', 'null', '{"amount": 5.00}']) {
  const results = []
  for (const [name, store] of Object.entries(stores)) {
    await store.setItem('order', text)
    results.push(`${name} ${show(await store.getItem('order'))}`)
  }
  await stores.files.setItemRaw('raw', text)
  const raw = String(await stores.files.getItemRaw('raw'))
  console.log(`${JSON.stringify(text)}: ${results.join(', ')}; raw ${raw === text ? 'the same text' : raw}`)
}
JS
echo 'unstorage 1.17.6'
node try.mjs | tee seen
[ "$(cat seen)" = '"A7c9": memory string "A7c9", files string "A7c9"; raw the same text
"12345": memory number 12345, files number 12345; raw the same text
"012345": memory string "012345", files string "012345"; raw the same text
"1e5": memory number 100000, files number 100000; raw the same text
"0.10": memory number 0.1, files number 0.1; raw the same text
"true": memory boolean true, files boolean true; raw the same text
"null": memory object null, files object null; raw the same text
"{\"amount\": 5.00}": memory object {"amount":5}, files object {"amount":5}; raw the same text' ]
