#!/usr/bin/env bash
# One would guess that a report of tests in TAP is red or green, whatever reads it. tap-spec counts lines that begin with `ok` and
# `not ok`, so a run that ends early (`Bail out!`, or two tests of the three that were announced) is green, and so is a failure
# inside of a subtest. A test that is marked as not working yet, which isn't a failure in TAP, makes it red, and so does a file that
# skips itself. prove, from Perl, and tap-parser read it as the specification says. What helps: to let tap-parser or prove decide
# (`… | tee report | tap-parser --silent`), and to use what is nice only to look at.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tap-spec@5.0.0 tap-parser@18.3.4 > /dev/null

cat > ended-early.tap << 'REPORT'
TAP version 13
1..3
ok 1 - pays
Bail out! The database is gone
REPORT
cat > two-of-three.tap << 'REPORT'
TAP version 13
1..3
ok 1 - pays
ok 2 - refunds
REPORT
cat > subtest.tap << 'REPORT'
TAP version 14
# Subtest: orders
    ok 1 - pays
    not ok 2 - refunds
    1..2
not ok 1 - orders
1..1
REPORT
cat > not-yet.tap << 'REPORT'
TAP version 13
1..2
ok 1 - pays
not ok 2 - tips # TODO next year
REPORT
cat > skipped.tap << 'REPORT'
TAP version 13
1..0 # SKIP there is no PostgreSQL
REPORT
judge() { if "$@" > /dev/null 2>&1; then echo green; else echo red; fi; }
echo "tap-spec 5.0.0, tap-parser 18.3.4, $(prove --version | cut -d ' ' -f 1-2)"
for report in ended-early two-of-three subtest not-yet skipped; do
  echo "$report: tap-spec $(judge npx tap-spec < $report.tap), tap-parser $(judge npx tap-parser < $report.tap), prove $(judge prove --exec cat $report.tap)"
done | tee seen
[ "$(cat seen)" = 'ended-early: tap-spec green, tap-parser red, prove red
two-of-three: tap-spec green, tap-parser red, prove red
subtest: tap-spec green, tap-parser red, prove red
not-yet: tap-spec red, tap-parser green, prove green
skipped: tap-spec red, tap-parser green, prove green' ]
