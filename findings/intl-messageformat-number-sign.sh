#!/usr/bin/env bash
# One would guess that `#` stands for the number everywhere inside a plural. intl-messageformat, as ICU does, replaces it only where the
# plural itself is the nearest one: in a `select` within the plural, the buyer reads a `#`. @messageformat/core writes the
# number there. So a message that a translator has tried with one of them shows a sign to the readers of the other, and only in the
# languages that need the select. What helps: to put the plural inside the select, or to write `{n, number}`, not `{n}`,
# which both of them print without separators.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund intl-messageformat@12.1.5 @messageformat/core@3.4.1 > /dev/null

cat > try.mjs << 'JS'
import MessageFormat from '@messageformat/core'
import { IntlMessageFormat } from 'intl-messageformat'
const select = (inside) => `{n, plural, other {{kind, select, pass {${inside} days} other {${inside} calls}}}}`
for (const [what, message] of Object.entries({
  'a select in the plural, with #': select('#'),
  'with {n}': select('{n}'),
  'with {n, number}': select('{n, number}'),
  'the plural in a select, with #': '{kind, select, pass {{n, plural, other {# days}}} other {{n, plural, other {# calls}}}}',
})) {
  const values = { n: 1000, kind: 'pass' }
  console.log(`${what}: ${new IntlMessageFormat(message, 'en').format(values)}; ${new MessageFormat('en').compile(message)(values)}`)
}
JS
echo 'intl-messageformat 12.1.5; @messageformat/core 3.4.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'a select in the plural, with #: # days; 1,000 days
with {n}: 1000 days; 1000 days
with {n, number}: 1,000 days; 1,000 days
the plural in a select, with #: 1,000 days; 1,000 days' ]
