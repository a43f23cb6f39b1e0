#!/usr/bin/env bash
# One would guess that a reader of JSON for large files finds as many values as there are. JSONStream leaves out each null: of three refunds of
# which the second is null, two arrive, and the third belongs to the second order. An error, a count or a warning there is none. 0, false and an
# empty text arrive. split2, with `JSON.parse` for lines of JSON, ends at a line that says null, and fails if another one follows. To both, null is
# what ends a stream of Node. stream-json wraps each value in an object. What helps: that, or values inside of objects, one level up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund JSONStream@1.3.5 stream-json@3.8.0 split2@4.2.0 > /dev/null

cat > try.mjs << 'JS'
import { Readable } from 'node:stream'
import JSONStream from 'JSONStream'
import split2 from 'split2'
import StreamArray from 'stream-json/streamers/stream-array.js'
const values = [525, null, 0, false, '', 700]
const read = (name, pieces, stream, value = (item) => item) =>
  new Promise((resolve) => {
    const found = []
    const done = (why) => resolve(console.log(`${name}: ${JSON.stringify(found)}, ${why}`))
    Readable.from(pieces).pipe(stream).on('data', (item) => found.push(value(item))).on('end', () => done('end')).on('error', () => done('error'))
  })
const json = [JSON.stringify(values)]
const rows = [JSON.stringify(values.map((refund, id) => ({ id, refund })))]
await read('JSONStream, *', json, JSONStream.parse('*'))
await read('JSONStream, *.refund', rows, JSONStream.parse('*.refund'))
await read('JSONStream, * of rows', rows, JSONStream.parse('*'), ({ refund }) => refund)
await read('stream-json', json, StreamArray.withParserAsStream(), ({ value }) => value)
await read('split2, null last', [[525, null].map((item) => `${JSON.stringify(item)}\n`).join('')], split2(JSON.parse))
await read('split2', [values.map((item) => `${JSON.stringify(item)}\n`).join('')], split2(JSON.parse))
JS
echo 'JSONStream 1.3.5, stream-json 3.8.0, split2 4.2.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'JSONStream, *: [525,0,false,"",700], end
JSONStream, *.refund: [525,0,false,"",700], end
JSONStream, * of rows: [525,null,0,false,"",700], end
stream-json: [525,null,0,false,"",700], end
split2, null last: [525], end
split2: [525], error' ]
