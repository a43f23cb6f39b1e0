#!/usr/bin/env bash
# One would guess that a parser of XML reads `&#252;` as ü, which every XML document may contain without declaring anything.
# fast-xml-parser replaces the five names that XML knows (`&amp;` and so on), and leaves references by number as they are,
# unless its option `htmlEntities` is set, whose name and documentation speak of HTML. Python's standard library writes just
# these for all that isn't ASCII, unless it is told an encoding. So a payment in a bank's file that has been through Python
# comes from "M&#252;ller", which matches no buyer, and that is what a page shows which escapes it. What helps: `htmlEntities:
# true`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fast-xml-parser@5.12.1 > /dev/null

cat > write.py << 'PY'
import xml.etree.ElementTree as ElementTree

debtor = ElementTree.Element("Dbtr")
ElementTree.SubElement(debtor, "Nm").text = "Zoë Müller & Söhne"
print(ElementTree.tostring(debtor).decode())
PY
cat > read.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { XMLParser } from 'fast-xml-parser'
const xml = readFileSync(0, 'utf8')
console.log(`written: ${xml.trim()}`)
for (const options of [{}, { htmlEntities: true }]) {
  console.log(`${JSON.stringify(options)}: ${new XMLParser(options).parse(xml).Dbtr.Nm}`)
}
JS
echo 'fast-xml-parser 5.12.1'
/usr/bin/python3 write.py | node read.mjs | tee seen
[ "$(cat seen)" = 'written: <Dbtr><Nm>Zo&#235; M&#252;ller &amp; S&#246;hne</Nm></Dbtr>
{}: Zo&#235; M&#252;ller & S&#246;hne
{"htmlEntities":true}: Zoë Müller & Söhne' ]
