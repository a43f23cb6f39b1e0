#!/usr/bin/env bash
# One would guess that a library which knows the currency of a language tag knows nothing of a tag without a country. locale-currency takes
# what comes last in the tag for a country, and the codes of languages and countries are different lists of the same letters. A browser that
# asks for Arabic (`ar`) gets the money of Argentina, Swedish that of El Salvador, Catalan the Canadian dollar, Slovenian the money of Sierra
# Leone and Bengali that of Brunei. Spanish of Latin America (`es-419`) is paid in euros, as is Spanish alone. German and French are right by
# chance. What helps: `new Intl.Locale(tag).maximize().region` first, and the library with that;
# where that is no country, as with 419, the library says null.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund locale-currency@1.0.0 > /dev/null

cat > try.cjs << 'JS'
const { getCurrency } = require('locale-currency')
for (const tag of ['ar-EG', 'ar', 'sv', 'ca', 'sl', 'et', 'bn', 'es-MX', 'es-419', 'de']) {
  const { region } = new Intl.Locale(tag).maximize()
  console.log(`${tag}: ${getCurrency(tag)}, by its region ${region}: ${getCurrency(region)}`)
}
JS
echo "locale-currency $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/locale-currency/package.json")).version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'ar-EG: EGP, by its region EG: EGP
ar: ARS, by its region EG: EGP
sv: SVC, by its region SE: SEK
ca: CAD, by its region ES: EUR
sl: SLE, by its region SI: EUR
et: ETB, by its region EE: EUR
bn: BND, by its region BD: BDT
es-MX: MXN, by its region MX: MXN
es-419: EUR, by its region 419: null
de: EUR, by its region DE: EUR' ]
