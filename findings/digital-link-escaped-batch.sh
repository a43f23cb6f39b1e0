#!/usr/bin/env bash
# One would guess that a library for links of GS1, which name a product and its batch in a path, gives the batch that its maker
# wrote there. A batch may have a slash or a plus in it, which are escaped in a path, as the standard says. digital-link.js
# takes the path apart and leaves the escapes: batch A/1 is A%2F1, and is called valid, so a search for what is to be taken back
# finds nothing. Written from A/1, it isn't escaped, so that the link has one part more, which its own reader takes for no link
# of GS1. Plain letters and digits work in both directions. The toolkit of GS1 that is in the same package undoes the escapes.
# What helps: encodeURIComponent() for each value before it is given to the library, and decodeURIComponent() for what it gives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts digital-link.js@1.4.3 > /dev/null

cat > try.cjs << 'JS'
const { DigitalLink } = require('digital-link.js')
const Toolkit = require('digital-link.js/lib/GS1DigitalLinkCompressionPrototype/GS1DigitalLinkToolkit.js')
const toolkit = new Toolkit()
const product = { domain: 'https://example.org', identifier: { '01': '04006381333931' } }
const read = (link) => {
  try {
    const found = DigitalLink(link)
    return `batch ${found.getKeyQualifier('10')}, valid: ${found.isValid()}`
  } catch ({ message }) {
    return message
  }
}
for (const batch of ['A1', 'A/1', 'A+1', 'A&1']) {
  const link = `https://example.org/01/04006381333931/10/${encodeURIComponent(batch)}`
  const written = DigitalLink({ ...product, keyQualifiers: { 10: batch } }).toWebUriString()
  console.log(`${batch}\n  read from ${link}: ${read(link)}; toolkit: batch ${toolkit.extractFromGS1digitalLink(link).GS1['10']}`)
  console.log(`  written as ${written}: ${read(written)}`)
}
JS
echo "digital-link.js $(node -p "JSON.parse(fs.readFileSync('node_modules/digital-link.js/package.json')).version")"
node try.cjs | tee seen
[ "$(cat seen)" = 'A1
  read from https://example.org/01/04006381333931/10/A1: batch A1, valid: true; toolkit: batch A1
  written as https://example.org/01/04006381333931/10/A1: batch A1, valid: true
A/1
  read from https://example.org/01/04006381333931/10/A%2F1: batch A%2F1, valid: true; toolkit: batch A/1
  written as https://example.org/01/04006381333931/10/A/1: Must contain at least the identifier
A+1
  read from https://example.org/01/04006381333931/10/A%2B1: batch A%2B1, valid: true; toolkit: batch A+1
  written as https://example.org/01/04006381333931/10/A+1: batch A+1, valid: false
A&1
  read from https://example.org/01/04006381333931/10/A%261: batch A%261, valid: true; toolkit: batch A&1
  written as https://example.org/01/04006381333931/10/A&1: batch A&1, valid: false' ]
