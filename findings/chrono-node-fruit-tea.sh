#!/usr/bin/env bash
# One would guess that a library which finds dates in German text knows where a German word ends. chrono looks for the short
# names of days, such as Fr and Di, as whole words, and ends a word at the first letter that isn’t English. So an order of
# fruit tea (Früchtetee) is for Friday, diet tea (Diättee) for Tuesday, breakfast (Frühstück) is on a Friday as well as on
# December 24, and "morgen früh", tomorrow morning, is tomorrow and on Friday. `parseDate` takes the first of them, so
# "frühestens am 20.12.2026", not before December 20, is November 13. In French, Lunéville, a town, is a Monday. And the
# word "so" is a Sunday, since its short name is So. What helps: to leave out what stands beside another letter, as below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts chrono-node@2.10.3 > /dev/null

cat > try.mjs << 'JS'
import * as chrono from 'chrono-node'
const now = new Date(Date.UTC(2026, 10, 11, 12)) // a Wednesday
const whole = chrono.de.casual.clone()
whole.refiners.push({
  refine: ({ text }, results) => results.filter((found) => !/\p{L}/u.test(text[found.index + found.text.length] ?? '') && !/\p{L}$/u.test(text.slice(0, found.index))),
})
const show = (parser, text) => {
  const found = parser.parse(text, now).map((result) => `${result.text} ${result.start.date().toISOString().slice(0, 10)}`)
  return found.join(', ') || 'none'
}
for (const text of ['Früchtetee', 'Diättee', 'morgen früh', 'so früh wie möglich', 'Frühstück am 24. Dezember', 'frühestens am 20.12.2026', 'Tee für Freitag']) {
  console.log(`${text}: ${show(chrono.de, text)}; whole words: ${show(whole, text)}`)
}
console.log(`parseDate: ${chrono.de.parseDate('frühestens am 20.12.2026', now).toISOString().slice(0, 10)}`)
console.log(`Lunéville: ${show(chrono.fr, 'Lunéville')}`)
JS
echo "chrono-node $(node -p 'JSON.parse(fs.readFileSync("node_modules/chrono-node/package.json")).version')"
TZ=UTC node try.mjs | tee seen
[ "$(cat seen)" = 'Früchtetee: Fr 2026-11-13; whole words: none
Diättee: Di 2026-11-10; whole words: none
morgen früh: morgen 2026-11-12, fr 2026-11-13; whole words: morgen 2026-11-12
so früh wie möglich: so 2026-11-08, fr 2026-11-13; whole words: so 2026-11-08
Frühstück am 24. Dezember: Fr 2026-11-13, am 24. Dezember 2026-12-24; whole words: am 24. Dezember 2026-12-24
frühestens am 20.12.2026: fr 2026-11-13, 20.12.2026 2026-12-20; whole words: 20.12.2026 2026-12-20
Tee für Freitag: Freitag 2026-11-13; whole words: Freitag 2026-11-13
parseDate: 2026-11-13
Lunéville: Lun 2026-11-09' ]
