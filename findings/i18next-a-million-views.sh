#!/usr/bin/env bash
# One would guess that a language with two forms of a noun needs two messages for a count: `views_one` and `views_other`. French and
# Spanish, for example, have a third form in Unicode's CLDR, `many`, for whole millions, since they say `un million de vues`. i18next
# looks for `views_many` then, and not for `views_other`: a million views are `views`, the name of the message, or English if that is
# where it falls back to. 999,999 and 1,500,000 are fine, and so is each test with 0, 1 and 2. formatjs takes `other` when `many` is
# missing. i18next's documentation lists the forms for some languages. What helps: a message with `_many` for these languages (that of
# `_other` will do), or a check that each form of `Intl.PluralRules` has one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund i18next@26.7.2 intl-messageformat@12.1.5 > /dev/null

cat > try.mjs << 'JS'
import i18next from 'i18next'
import { IntlMessageFormat } from 'intl-messageformat'
const views = { es: ['vista', 'vistas'], fr: ['vue', 'vues'], de: ['Aufruf', 'Aufrufe'], en: ['view', 'views'] }
const resources = Object.fromEntries(
  Object.entries(views).map(([language, [one, other]]) => [
    language,
    { translation: { views_one: `{{count}} ${one}`, views_other: `{{count}} ${other}` } },
  ]),
)
const [alone, withEnglish] = [i18next.createInstance(), i18next.createInstance()]
await alone.init({ fallbackLng: false, resources, showSupportNotice: false })
await withEnglish.init({ fallbackLng: 'en', resources, showSupportNotice: false })
for (const [lng, [one, other]] of Object.entries(views)) {
  for (const count of [2, 999_999, 1_000_000, 1_500_000]) {
    const message = new IntlMessageFormat(`{count, plural, one {# ${one}} other {# ${other}}}`, lng).format({ count })
    const seen = `${alone.t('views', { lng, count })}; with English behind it: ${withEnglish.t('views', { lng, count })}`
    console.log(`${lng} ${count}: i18next: ${seen}; formatjs: ${message.replaceAll(/\s/g, ' ')}`)
  }
}
JS
echo 'i18next 26.7.2, intl-messageformat 12.1.5'
node try.mjs | grep -v '^$' | tee seen
[ "$(cat seen)" = 'es 2: i18next: 2 vistas; with English behind it: 2 vistas; formatjs: 2 vistas
es 999999: i18next: 999999 vistas; with English behind it: 999999 vistas; formatjs: 999.999 vistas
es 1000000: i18next: views; with English behind it: 1000000 views; formatjs: 1.000.000 vistas
es 1500000: i18next: 1500000 vistas; with English behind it: 1500000 vistas; formatjs: 1.500.000 vistas
fr 2: i18next: 2 vues; with English behind it: 2 vues; formatjs: 2 vues
fr 999999: i18next: 999999 vues; with English behind it: 999999 vues; formatjs: 999 999 vues
fr 1000000: i18next: views; with English behind it: 1000000 views; formatjs: 1 000 000 vues
fr 1500000: i18next: 1500000 vues; with English behind it: 1500000 vues; formatjs: 1 500 000 vues
de 2: i18next: 2 Aufrufe; with English behind it: 2 Aufrufe; formatjs: 2 Aufrufe
de 999999: i18next: 999999 Aufrufe; with English behind it: 999999 Aufrufe; formatjs: 999.999 Aufrufe
de 1000000: i18next: 1000000 Aufrufe; with English behind it: 1000000 Aufrufe; formatjs: 1.000.000 Aufrufe
de 1500000: i18next: 1500000 Aufrufe; with English behind it: 1500000 Aufrufe; formatjs: 1.500.000 Aufrufe
en 2: i18next: 2 views; with English behind it: 2 views; formatjs: 2 views
en 999999: i18next: 999999 views; with English behind it: 999999 views; formatjs: 999,999 views
en 1000000: i18next: 1000000 views; with English behind it: 1000000 views; formatjs: 1,000,000 views
en 1500000: i18next: 1500000 views; with English behind it: 1500000 views; formatjs: 1,500,000 views' ]
