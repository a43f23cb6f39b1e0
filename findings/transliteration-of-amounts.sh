#!/usr/bin/env bash
# One would guess that what turns a text into ASCII, for a bank that takes no more, keeps its amounts or leaves out what it doesn't know.
# `transliteration` and `unidecode` write £5 as PS5, ¥500 as Y=500, 1½ as 11/2, and a footnote behind an amount, 5², as 52. The
# minus that Intl and typography have (U+2212) is gone in the first one, so a refund is a payment; the second one writes "[?]", and
# any-ascii a hyphen, but 11/2 and 52 too. Euro is EU, EUR, and EUR. What helps: to replace signs of currencies, fractions and the
# minus by one's own list before, and to look at what is left.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund transliteration@2.6.1 unidecode@1.1.0 any-ascii@0.3.3 > /dev/null

cat > try.mjs << 'JS'
import anyAscii from 'any-ascii'
import { transliterate } from 'transliteration'
import unidecode from 'unidecode'
for (const [name, ascii] of Object.entries({ transliteration: transliterate, unidecode, 'any-ascii': anyAscii })) {
  const texts = ['£5', '¥500', '5 €', '5 ₹', '1½ kg', '5²', '10‰', '\u22125.25']
  console.log(`${name}: ${texts.map((text) => `${text} → ${ascii(text)}`).join(', ')}`)
}
JS
echo 'transliteration 2.6.1, unidecode 1.1.0, any-ascii 0.3.3'
node try.mjs | tee seen
[ "$(cat seen)" = 'transliteration: £5 → PS5, ¥500 → Y=500, 5 € → 5 EU, 5 ₹ → 5 , 1½ kg → 11/2 kg, 5² → 52, 10‰ → 10%0, −5.25 → 5.25
unidecode: £5 → PS5, ¥500 → Y=500, 5 € → 5 EUR, 5 ₹ → 5 [?], 1½ kg → 11/2 kg, 5² → 52, 10‰ → 10%0, −5.25 → [?]5.25
any-ascii: £5 → GBP5, ¥500 → Y500, 5 € → 5 EUR, 5 ₹ → 5 Rs, 1½ kg → 11/2 kg, 5² → 52, 10‰ → 10%0, −5.25 → -5.25' ]
