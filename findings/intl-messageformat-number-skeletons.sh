#!/usr/bin/env bash
# One would guess that the number skeletons of ICU mean the same to whoever reads messages of ICU. intl-messageformat passes them to
# Intl.NumberFormat, whose options differ. `percent` only adds the sign in ICU, and multiplies by 100 here, so a tax of 19 is shown as
# 1,900%; `%x100`, which should multiply, does it twice. `unit-width-iso-code` and `unit-width-short` are exchanged: the sign of a currency
# appears where its code was asked for. Nothing is reported. @messageformat/core follows ICU in all four. What helps: to format
# amounts and rates beforehand, and to give the message their text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund intl-messageformat@12.1.5 @messageformat/core@3.4.1 > /dev/null

cat > try.mjs << 'JS'
import MessageFormat from '@messageformat/core'
import { IntlMessageFormat } from 'intl-messageformat'
for (const [skeleton, n] of [
  ['percent', 19],
  ['%x100', 0.19],
  ['currency/CAD unit-width-iso-code', 5.25],
  ['currency/CAD unit-width-short', 5.25],
]) {
  const message = `{n, number, ::${skeleton}}`
  const seen = [new IntlMessageFormat(message, 'en').format({ n }), new MessageFormat('en').compile(message)({ n })]
  console.log(`${n} as ${skeleton}: ${seen.join(' and ').replaceAll('\u00a0', ' ')}`)
}
JS
echo 'intl-messageformat 12.1.5 and @messageformat/core 3.4.1'
node try.mjs | tee seen
[ "$(cat seen)" = '19 as percent: 1,900% and 19%
0.19 as %x100: 1,900% and 19%
5.25 as currency/CAD unit-width-iso-code: CA$5.25 and CAD 5.25
5.25 as currency/CAD unit-width-short: CAD 5.25 and CA$5.25' ]
