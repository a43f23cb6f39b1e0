#!/usr/bin/env bash
# One would guess that a patch is applied where its text is, and that `true` in the answer of diff-match-patch says that it was. It
# looks for what is similar enough, and carries over the characters that changed. A change of tea from 5.25 to 5.50, in a list where
# tea has got another price in the meantime, makes 5.099 of 5.99 and 1.099 of 12.99, and where tea is gone the coffee that cost as much
# gets its price. Each time it says `true`. The same text is a merge for prose and damage for a price list. `applyPatch` of diff
# rejects all of these. What helps: `Match_Threshold` and `Patch_DeleteThreshold` of 0, and a comparison of whole lines.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund diff-match-patch@1.0.5 diff@9.0.0 > /dev/null

cat > try.mjs << 'JS'
import { applyPatch, createPatch } from 'diff'
import DiffMatchPatch from 'diff-match-patch'
const list = (...prices) => ['name,price', ...prices, ''].join('\n')
const [before, after] = [list('tea,5.25', 'milk,6.75'), list('tea,5.50', 'milk,6.75')]
const exact = new DiffMatchPatch()
exact.Match_Threshold = exact.Patch_DeleteThreshold = 0
const apply = (library, now) => {
  const [text, [applied]] = library.patch_apply(library.patch_make(before, after), now)
  return `${applied}, ${text.trim().split('\n').slice(1).join(' ')}`
}
for (const now of [before, list('tea,5.99', 'milk,6.75'), list('tea,12.99', 'milk,6.75'), list('coffee,5.25', 'milk,6.75')]) {
  console.log(now.split('\n').slice(1).join(' ').trim())
  console.log(`  diff-match-patch: ${apply(new DiffMatchPatch(), now)}`)
  console.log(`  with thresholds of 0: ${apply(exact, now)}`)
  console.log(`  diff: ${applyPatch(now, createPatch('list', before, after)) === false ? 'rejected' : 'applied'}`)
}
JS
echo 'diff-match-patch 1.0.5, diff 9.0.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'tea,5.25 milk,6.75
  diff-match-patch: true, tea,5.50 milk,6.75
  with thresholds of 0: true, tea,5.50 milk,6.75
  diff: applied
tea,5.99 milk,6.75
  diff-match-patch: true, tea,5.099 milk,6.75
  with thresholds of 0: false, tea,5.99 milk,6.75
  diff: rejected
tea,12.99 milk,6.75
  diff-match-patch: true, tea,1.099 milk,6.75
  with thresholds of 0: false, tea,12.99 milk,6.75
  diff: rejected
coffee,5.25 milk,6.75
  diff-match-patch: true, coffee,5.50 milk,6.75
  with thresholds of 0: false, coffee,5.25 milk,6.75
  diff: rejected' ]
