#!/usr/bin/env bash
# One would guess that a count which comes from the database can be given to a translation. PostgreSQL counts in bigint, and pg
# gives that as a text, "3". i18next takes only a number for a count: with a text it doesn't look for the plural forms at all,
# finds no message under the bare key, and shows the key. The value is there and in the right place, and TypeScript doesn't
# notice, since rows are `any`. node-polyglot shows the plural for "1". intl-messageformat converts. What helps:
# `count(*)::int`, or Number().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund i18next@26.7.2 intl-messageformat@12.1.5 node-polyglot@2.6.0 pg@8.23.1 > /dev/null

cat > try.mjs << 'JS'
import i18next from 'i18next'
import { IntlMessageFormat } from 'intl-messageformat'
import Polyglot from 'node-polyglot'
import pg from 'pg'
const translation = { sales_one: '{{count}} sale', sales_other: '{{count}} sales' }
await i18next.init({ lng: 'en', resources: { en: { translation } } })
const polyglot = new Polyglot({ phrases: { sales: '%{smart_count} sale |||| %{smart_count} sales' } })
const message = new IntlMessageFormat('{count, plural, one {# sale} other {# sales}}', 'en')
for (const type of ['INT4', 'INT8']) {
  const parse = pg.types.getTypeParser(pg.types.builtins[type])
  for (const count of [parse('1'), parse('3')]) {
    const texts = [i18next.t('sales', { count }), polyglot.t('sales', { smart_count: count }), message.format({ count })]
    console.log(`${type} ${JSON.stringify(count)}: ${texts.join('; ')}`)
  }
}
JS
echo 'pg 8.23.1, i18next 26.7.2, node-polyglot 2.6.0, intl-messageformat 12.1.5'
node try.mjs | tee seen
[ "$(cat seen)" = 'INT4 1: 1 sale; 1 sale; 1 sale
INT4 3: 3 sales; 3 sales; 3 sales
INT8 "1": sales; 1 sales; 1 sale
INT8 "3": sales; 3 sales; 3 sales' ]
