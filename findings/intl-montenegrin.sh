#!/usr/bin/env bash
# One would guess that a valid language tag keeps its language when Intl normalises it, and that a tag without a region has none
# afterwards. `cnr`, the ISO code of Montenegrin, becomes `sr-ME`: another language, and a region. So a page whose author wrote
# `cnr` says lang="sr-ME" once the tag has gone through Intl, texts that are kept under `cnr` are no longer found, and
# `supportedLocalesOf` answers with a tag that nobody has asked for. Yet DisplayNames knows the name of `cnr`. What helps is to
# normalise both sides before they are compared, and to show the tag as it was written.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@20.19.6 > /dev/null

cat > try.mjs << 'JS'
console.log(['cnr', 'cnr-Cyrl', 'cnr-BA'].map((tag) => `${tag} → ${Intl.getCanonicalLocales(tag)}`).join(', '))
const { language, region } = new Intl.Locale('cnr')
console.log(`its language: ${language}, its region: ${region}`)
console.log(`supported: ${Intl.NumberFormat.supportedLocalesOf(['cnr'])}`)
console.log(`its name: ${new Intl.DisplayNames('en', { type: 'language' }).of('cnr')}`)
JS
seen=$(node_modules/.bin/node try.mjs)
echo "Node 20.19.6, ICU $(node_modules/.bin/node -p process.versions.icu):"
echo "$seen"
[ "$seen" = 'cnr → sr-ME, cnr-Cyrl → sr-Cyrl-ME, cnr-BA → sr-BA
its language: sr, its region: ME
supported: sr-ME
its name: Montenegrin' ]
