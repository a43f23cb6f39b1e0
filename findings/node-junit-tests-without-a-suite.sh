#!/usr/bin/env bash
# One would guess that what Node's own runner writes as JUnit is read by what reads JUnit. It writes a test that isn't in a
# `describe` right below <testsuites>, where JUnit has only suites, and gives the whole no totals. junitparser, which many pipelines
# in Python use, finds the suites: a file of plain `test()` calls has no tests and no failures, and of a mixed one the failures
# without a suite aren't there. junit2json keeps them, but beside the suites, and its totals are undefined. Jest's reporters put
# each file into a suite. What helps: a `describe` around the tests of each file, or Node's exit code, which is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-junitparser=2.8.0-1 python3-future=0.18.2-6 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
for version in 20.20.2 26.10.0; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

cat > plain.test.mjs << 'JS'
import assert from 'node:assert'
import { test } from 'node:test'
test('pays', () => {})
test('refunds', () => assert.equal(1, 2))
JS
cat > described.test.mjs << 'JS'
import assert from 'node:assert'
import { describe, test } from 'node:test'
describe('orders', () => {
  test('pays', () => {})
  test('refunds', () => assert.equal(1, 2))
})
JS
cat > read.py << 'PY'
import sys
from junitparser import JUnitXml
report = JUnitXml.fromfile(sys.argv[1])
report.update_statistics()
print(f"tests {report.tests}, failures {report.failures}")
PY
for version in 20.20.2 26.10.0; do
  for file in described plain; do
    code=0
    "node$version/node_modules/node/bin/node" --test --test-reporter=junit $file.test.mjs > report.xml || code=$?
    echo "Node $version, $file: exit code $code, junitparser finds $(PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 read.py report.xml)"
  done
done | tee seen
[ "$(cat seen)" = 'Node 20.20.2, described: exit code 1, junitparser finds tests 2, failures 1
Node 20.20.2, plain: exit code 1, junitparser finds tests 0, failures 0
Node 26.10.0, described: exit code 1, junitparser finds tests 2, failures 1
Node 26.10.0, plain: exit code 1, junitparser finds tests 0, failures 0' ]
