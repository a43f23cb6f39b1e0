#!/usr/bin/env bash
# One would guess that coverage which is added to itself says the same: what ran has run twice, and what didn't still hasn't.
# @bcoe/v8-coverage, with which Jest and c8 add up what several processes have covered, passes a function that never ran on as it
# is if it was given once, which V8 marks as covered by blocks. If it was given twice, the mark is gone. v8-to-istanbul counts one
# with the mark as a branch that wasn't taken, too. So of the same code, half of the branches are covered if one test file loads
# it, and all of them if two do, and a threshold depends on which files were run. What helps: to clear the mark oneself where all
# of a function is one range that ran 0 times.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @bcoe/v8-coverage@1.0.2 v8-to-istanbul@9.3.0 > /dev/null

cat > prices.cjs << 'JS'
class Price {
  hundredths = 25
  constructor(currency) {
    this.currency = currency
  }
}
module.exports = { Price, free: () => 0 }
JS
cat > try.cjs << 'JS'
const { Session } = require('node:inspector')
const { promisify } = require('node:util')
const { mergeProcessCovs } = require('@bcoe/v8-coverage')
const toIstanbul = require('v8-to-istanbul')

async function main() {
  const session = new Session()
  session.connect()
  const post = promisify(session.post.bind(session))
  await post('Profiler.enable')
  await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  require('./prices.cjs')
  const { result } = await post('Profiler.takePreciseCoverage')
  const ran = result.filter(({ url }) => url.endsWith('prices.cjs'))
  for (const times of [1, 2, 3]) {
    const [file] = mergeProcessCovs(Array.from({ length: times }, () => ({ result: structuredClone(ran) }))).result
    const converter = toIstanbul(require.resolve('./prices.cjs'), 0)
    await converter.load()
    converter.applyCoverage(file.functions)
    const [{ b, f }] = Object.values(converter.toIstanbul())
    const branches = Object.values(b).flat()
    const functions = Object.values(f)
    const some = (counts) => `${counts.filter((count) => count > 0).length} of ${counts.length}`
    console.log(`given ${times} times: branches ${some(branches)}, functions ${some(functions)}`)
  }
}
main()
JS
echo '@bcoe/v8-coverage 1.0.2, v8-to-istanbul 9.3.0'
node try.cjs | tee seen
[ "$(cat seen)" = 'given 1 times: branches 1 of 2, functions 0 of 2
given 2 times: branches 1 of 1, functions 0 of 2
given 3 times: branches 1 of 1, functions 0 of 2' ]
