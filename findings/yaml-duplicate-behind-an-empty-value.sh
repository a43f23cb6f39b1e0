#!/usr/bin/env bash
# One would guess that the error about a field that is there twice is at one of the two. Where the field before the second one has no
# value, the yaml library puts the error on that innocent field, with its line, its column and its text, and never mentions the
# line with the duplicate: anyone who follows it deletes the wrong one. js-yaml has the right line. What helps: look for the second
# pair of the same key in the document that was parsed all the same.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund yaml@2.9.1 js-yaml@5.5.0 > /dev/null

cat > try.mjs << 'JS'
import * as jsYaml from 'js-yaml'
import { parseDocument } from 'yaml'
const files = { 'a value before it': 'name: A\nseller: me\nname: B\n', 'no value before it': 'name: A\nseller:\nname: B\n' }
for (const [what, text] of Object.entries(files)) {
  const [error] = parseDocument(text).errors
  console.log(`yaml, ${what}: line ${error.linePos[0].line}, which is "${text.split('\n')[error.linePos[0].line - 1]}"`)
  try {
    jsYaml.load(text)
  } catch ({ mark }) {
    console.log(`js-yaml, ${what}: line ${mark.line + 1}`)
  }
}
JS
echo 'yaml 2.9.1, js-yaml 5.5.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'yaml, a value before it: line 3, which is "name: B"
js-yaml, a value before it: line 3
yaml, no value before it: line 2, which is "seller:"
js-yaml, no value before it: line 3' ]
