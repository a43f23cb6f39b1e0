#!/usr/bin/env bash
# One would guess that an amount which has passed a check as an amount can be converted behind it. `isCurrency()` lets 1,250.00
# pass, and `isDecimal({ locale: 'de-DE' })` and `isFloat({ locale })` let 5,25 pass, as they should. `toFloat()`, the next in
# the chain of express-validator, knows neither a comma nor a locale, and makes NaN of it, without an error: validationResult()
# is empty. NaN is null in JSON and in most databases, isn't below any least amount, and isn't above any highest. What helps: a
# function for it, `customSanitizer()`, in front of `isFloat({ min })`, which rejects NaN.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express-validator@7.3.2 > /dev/null

cat > try.mjs << 'JS'
import { body, validationResult } from 'express-validator'
const german = (text) => Number(String(text).replaceAll('.', '').replace(',', '.'))
const amount = () => body('amount')
const chains = {
  'isCurrency(), toFloat()': () => amount().isCurrency().toFloat(),
  'isDecimal() of de-DE, toFloat()': () => amount().isDecimal({ locale: 'de-DE' }).toFloat(),
  'isFloat() of de-DE, toFloat()': () => amount().isFloat({ locale: 'de-DE', min: 1 }).toFloat(),
  'customSanitizer(german), isFloat()': () => amount().customSanitizer(german).isFloat({ min: 1 }),
}
for (const [name, chain] of Object.entries(chains)) {
  for (const text of name.includes('urrency') ? ['1250.00', '1,250.00', '$5.25'] : ['5', '5,25', 'five']) {
    const req = { body: { amount: text } }
    await chain().run(req)
    const { amount } = req.body
    const isPassed = validationResult(req).isEmpty()
    const end = isPassed ? `passes as ${amount}, which is ${amount < 1 ? '' : 'not '}below 1` : 'is rejected'
    console.log(`${name}: ${text} ${end}`)
  }
}
JS
echo 'express-validator 7.3.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'isCurrency(), toFloat(): 1250.00 passes as 1250, which is not below 1
isCurrency(), toFloat(): 1,250.00 passes as NaN, which is not below 1
isCurrency(), toFloat(): $5.25 passes as NaN, which is not below 1
isDecimal() of de-DE, toFloat(): 5 passes as 5, which is not below 1
isDecimal() of de-DE, toFloat(): 5,25 passes as NaN, which is not below 1
isDecimal() of de-DE, toFloat(): five is rejected
isFloat() of de-DE, toFloat(): 5 passes as 5, which is not below 1
isFloat() of de-DE, toFloat(): 5,25 passes as NaN, which is not below 1
isFloat() of de-DE, toFloat(): five is rejected
customSanitizer(german), isFloat(): 5 passes as 5, which is not below 1
customSanitizer(german), isFloat(): 5,25 passes as 5.25, which is not below 1
customSanitizer(german), isFloat(): five is rejected' ]
