#!/usr/bin/env bash
# One would guess that a library always says the same of a language. i18next's `dir()` asks Intl for the direction if that has the method
# `getTextInfo`, as newer versions of Node do, and otherwise looks into a list of its own. With Node 20, Sindhi, Kashmiri and the
# Punjabi of Pakistan are written from left to right, and Mende, which has Latin letters, from right to left; with Node 24 it is the
# other way round. So an upgrade of the server turns pages, and a browser that lacks the method turns them back. rtl-detect has a list,
# too, and says a third thing: it turns Kurdish of Turkey and Arabic in Latin letters, as it looks at the first part of a tag only. What
# helps: `new Intl.Locale(tag).maximize().script`, which all of them have, and the few scripts that run from right to left.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund i18next@26.7.2 rtl-detect@1.1.2 > /dev/null
for version in 20.20.2 24.21.0; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

cat > try.mjs << 'JS'
import i18next from 'i18next'
import rtlDetect from 'rtl-detect'
await i18next.init({ showSupportNotice: false })
const scripts = ['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg']
console.log(`Node ${process.version}`)
for (const tag of ['ar', 'sd', 'ks', 'pa-PK', 'men', 'ku', 'ar-Latn']) {
  const { script } = new Intl.Locale(tag).maximize()
  const byScript = scripts.includes(script) ? 'rtl' : 'ltr'
  console.log(`${tag}: i18next ${i18next.dir(tag)}, rtl-detect ${rtlDetect.getLangDir(tag)}, script ${script}, so ${byScript}`)
}
JS
echo 'i18next 26.7.2, rtl-detect 1.1.2'
for version in 20.20.2 24.21.0; do "node$version/node_modules/node/bin/node" try.mjs; done | grep -v '^$' | tee seen
[ "$(cat seen)" = 'Node v20.20.2
ar: i18next rtl, rtl-detect rtl, script Arab, so rtl
sd: i18next ltr, rtl-detect rtl, script Arab, so rtl
ks: i18next ltr, rtl-detect ltr, script Arab, so rtl
pa-PK: i18next ltr, rtl-detect ltr, script Arab, so rtl
men: i18next rtl, rtl-detect ltr, script Latn, so ltr
ku: i18next ltr, rtl-detect rtl, script Latn, so ltr
ar-Latn: i18next ltr, rtl-detect rtl, script Latn, so ltr
Node v24.21.0
ar: i18next rtl, rtl-detect rtl, script Arab, so rtl
sd: i18next rtl, rtl-detect rtl, script Arab, so rtl
ks: i18next rtl, rtl-detect ltr, script Arab, so rtl
pa-PK: i18next rtl, rtl-detect ltr, script Arab, so rtl
men: i18next ltr, rtl-detect ltr, script Latn, so ltr
ku: i18next ltr, rtl-detect rtl, script Latn, so ltr
ar-Latn: i18next ltr, rtl-detect rtl, script Latn, so ltr' ]
