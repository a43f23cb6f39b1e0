#!/usr/bin/env bash
# One would guess that the language of a page decides how an amount is written, and not what it is. PostgreSQL and JSON give a price as
# the text 5.25. As soon as a language with a decimal comma is set, numbro() and accounting.formatMoney() read that text as its people
# would type it, where a point separates thousands: 5.25 is shown as 525,00 €, and 1.5 is 15. numbro reads the same text in two ways at
# once, as add() and multiply() take it as 5.25. In the language of the tests, English, all is well. What helps: Number() around each
# text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund numbro@2.5.0 accounting@0.4.1 > /dev/null

cat > try.cjs << 'JS'
const accounting = require('accounting')
const numbro = require('numbro')
numbro.registerLanguage(require('numbro/dist/languages.min.js')['de-DE'])
for (const language of ['en-US', 'de-DE']) {
  numbro.setLanguage(language)
  if (language === 'de-DE') accounting.settings.number = { ...accounting.settings.number, decimal: ',', thousand: '.' }
  for (const price of ['5.25', '1.5', Number('5.25')]) {
    const shown = numbro(price).formatCurrency({ mantissa: 2 })
    const sum = numbro(0).add(price).value()
    console.log(`${language}, ${JSON.stringify(price)}: ${shown}, ${sum} when added; accounting ${accounting.formatNumber(price, 2)}`)
  }
}
JS
echo "numbro $(node -p 'require("numbro/package.json").version'), accounting 0.4.1"
node try.cjs | tee seen
[ "$(cat seen)" = 'en-US, "5.25": $5.25, 5.25 when added; accounting 5.25
en-US, "1.5": $1.50, 1.5 when added; accounting 1.50
en-US, 5.25: $5.25, 5.25 when added; accounting 5.25
de-DE, "5.25": 525,00€, 5.25 when added; accounting 525,00
de-DE, "1.5": 15,00€, 1.5 when added; accounting 15,00
de-DE, 5.25: 5,25€, 5.25 when added; accounting 5,25' ]
