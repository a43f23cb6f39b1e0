#!/usr/bin/env bash
# One would guess that a function which corrects the names of licences leaves alone what it doesn't know, and gives null for
# it. spdx-correct, which tools for licences ask, looks for a few pieces of words last: `UNLICENSED`, npm's word for what
# nobody may use, becomes `Unlicense`, with which a work is given to all the world, and `MIT AND proprietary`, `not MIT` and
# `Limited use` become `MIT`, so a list of licences has the shop's own books among what is free. npm's own library for the
# field knows the word. What helps: spdx-expression-parse first, and spdx-correct only for what a person looks at afterwards.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts spdx-correct@3.2.0 spdx-expression-parse@4.0.0 \
  validate-npm-package-license@3.0.4 > /dev/null

cat > try.cjs << 'JS'
const correct = require('spdx-correct')
const parse = require('spdx-expression-parse')
const validate = require('validate-npm-package-license')
const parsed = (text) => {
  try {
    return parse(text).license
  } catch {
    return 'an error'
  }
}
for (const text of ['MIT', 'GPLv2', 'UNLICENSED', 'MIT AND proprietary', 'not MIT', 'Limited use', 'All rights reserved']) {
  const forNpm = validate(text).unlicensed ? 'unlicensed' : 'something else'
  console.log(`${text}: corrected ${correct(text)}, parsed ${parsed(text)}, for npm ${forNpm}`)
}
JS
echo "spdx-correct $(node -p 'require("spdx-correct/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'MIT: corrected MIT, parsed MIT, for npm something else
GPLv2: corrected GPL-2.0-only, parsed an error, for npm something else
UNLICENSED: corrected Unlicense, parsed an error, for npm unlicensed
MIT AND proprietary: corrected MIT, parsed an error, for npm something else
not MIT: corrected MIT, parsed an error, for npm something else
Limited use: corrected MIT, parsed an error, for npm something else
All rights reserved: corrected null, parsed an error, for npm something else' ]
