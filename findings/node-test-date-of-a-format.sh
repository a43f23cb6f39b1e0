#!/usr/bin/env bash
# One would guess that a test which sets the date to the end of January sees January in all that is asked for the current time.
# Node's own `mock.timers` replaces Date, but Intl.DateTimeFormat asks the engine: `format()` without an argument, which means now,
# is the real day, and so is `formatToParts()`. A receipt has two dates then, one of the test and one of today, and the test of it
# passes on one day only. @sinonjs/fake-timers, which Jest and Vitest use, replaces both. performance.now() is the real one as well.
# What helps: `format(new Date())`, which is the same outside of tests.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for version in 20.20.2 26.10.0; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done
npm install --silent --no-audit --no-fund @sinonjs/fake-timers@15.5.0 > /dev/null

cat > try.mjs << 'JS'
import { mock } from 'node:test'
import FakeTimers from '@sinonjs/fake-timers'
const now = new Date('2001-01-31T12:00:00Z')
const look = (name) => {
  const format = new Intl.DateTimeFormat('en', { year: 'numeric' })
  const years = [String(new Date().getFullYear()), format.format(new Date()), format.format(), format.formatToParts()[0].value]
  console.log(`${name}: ${years.map((year) => (year === '2001' ? 'of the test' : 'real')).join(', ')}`)
}
mock.timers.enable({ apis: ['Date'], now })
look(`Node ${process.version}`)
mock.timers.reset()
const clock = FakeTimers.install({ now })
look('fake-timers')
clock.uninstall()
JS
echo 'Date, format(new Date()), format(), formatToParts()'
for version in 20.20.2 26.10.0; do "node$version/node_modules/node/bin/node" --no-warnings try.mjs; done | tee seen
[ "$(cat seen)" = 'Node v20.20.2: of the test, of the test, real, real
fake-timers: of the test, of the test, of the test, of the test
Node v26.10.0: of the test, of the test, real, real
fake-timers: of the test, of the test, of the test, of the test' ]
