#!/usr/bin/env bash
# One would guess that going through the words of a text with Intl.Segmenter takes twice as long for a text that is twice as
# long. On Node 20 it takes four times as long: half a second for 8,000 words, which newer versions need some milliseconds
# for. Segment a text in pieces, such as its paragraphs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@20.19.6 > /dev/null

cat > try.mjs << 'JS'
const segmenter = new Intl.Segmenter('en', { granularity: 'word' })
function time(words) {
  const text = 'one word, and another. '.repeat(words / 4)
  const before = process.cpuUsage().user
  const found = [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length
  const ms = (process.cpuUsage().user - before) / 1000
  console.log(`${found} words: ${Math.round(ms)} ms`)
  return ms
}
time(500)
const [one, four] = [time(2_000), time(8_000)]
console.log(`${process.version}: four times the text takes ${(four / one).toFixed(1)} times as long`)
process.exit(four / one > 8 ? 0 : 1)
JS
node_modules/.bin/node try.mjs
