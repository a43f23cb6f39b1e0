#!/usr/bin/env bash
# One would guess that a locale writes all its numbers with the same marks. In English as it is set in Germany (`en-DE`), France, Italy,
# Spain, the Netherlands or Sweden, Intl has the decimal comma of the country for numbers and percentages, and the decimal point of
# English for amounts: 1.234,50 pieces at €1,234.50, with a tax of 19,5 %. French in Switzerland writes 1'234,50 and 1'234.50 €. In
# German in Austria the mark for thousands differs: a space in numbers, and a point in amounts. So a form that takes its decimal mark
# from a number misreads what the page itself shows as a price. Unicode has separate marks for currencies, and for `en-DE` and the
# like, a format that nobody has looked at for them. What helps: marks that are taken from `formatToParts` of the very same format.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@24.21.0 > /dev/null

cat > try.mjs << 'JS'
for (const locale of ['en-DE', 'en-FR', 'en-NL', 'en-SE', 'en-AT', 'en-CH', 'de-DE', 'de-AT', 'fr-CH', 'en-IE']) {
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(1234.5)
  const amount = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(1234.5)
  const rate = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1 }).format(0.195)
  console.log([`${locale}: ${number}`, amount, rate].join('; ').replace(/\s/g, ' '))
}
JS
echo "Node 24.21.0, CLDR $(node_modules/node/bin/node -p process.versions.cldr)"
node_modules/node/bin/node try.mjs | tee seen
[ "$(cat seen)" = 'en-DE: 1.234,50; €1,234.50; 19,5 %
en-FR: 1 234,50; €1,234.50; 19,5%
en-NL: 1.234,50; €1,234.50; 19,5%
en-SE: 1 234,50; €1,234.50; 19,5 %
en-AT: 1.234,50; € 1.234,50; 19,5 %
en-CH: 1'\''234.50; €1,234.50; 19.5%
de-DE: 1.234,50; 1.234,50 €; 19,5 %
de-AT: 1 234,50; € 1.234,50; 19,5 %
fr-CH: 1'\''234,50; 1'\''234.50 €; 19,5%
en-IE: 1,234.50; €1,234.50; 19.5%' ]
