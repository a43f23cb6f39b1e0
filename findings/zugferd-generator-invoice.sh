#!/usr/bin/env bash
# One would guess that the invoices of a library named after ZUGFeRD are ZUGFeRD. zugferd-generator writes XML with the names of that
# format, but not its structure. The profile, a URN that readers go by, is the word `ZUGFeRD`, and factur-x-kit refuses it. The date
# says that it has format 102, which would be 20261101. How many pieces were sold, a required field, isn't written at all, nor is the
# country of a seller without a street, and a price of half a cent becomes a cent. The PDF around it opens as always, so nobody notices before
# the buyer's bookkeeping does. What helps: to read an invoice with another library before it is sent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund zugferd-generator@1.2.1 factur-x-kit@0.3.1 > /dev/null

cat > try.mjs << 'JS'
import { FacturX } from 'factur-x-kit'
import ZUGFeRDGenerator from 'zugferd-generator'
const xml = await new ZUGFeRDGenerator({
  id: 'INV-1',
  issueDate: '2026-11-01',
  currency: 'EUR',
  totalAmount: 0.6,
  supplier: { name: 'Shop', country: 'DE' },
  customer: { name: 'Buyer', country: 'AT' },
  taxTotal: { taxAmount: 0.1, taxPercentage: 19 },
  lineItems: [{ id: '1', description: 'Calls', quantity: 120, unitPrice: 0.005, lineTotal: 0.6 }],
}).toXMLString()
for (const [what, pattern] of Object.entries({
  date: /<udt:DateTimeString.*?>.*?</,
  'price of one': /<ram:ChargeAmount>.*?</,
  quantity: /120/,
  country: />(DE|AT)</,
})) {
  console.log(`${what}: ${xml.match(pattern)?.[0] ?? 'nowhere'}`)
}
console.log(`read by factur-x-kit: ${await FacturX.fromXML(xml).then(() => 'yes', ({ message }) => message)}`)
JS
echo 'zugferd-generator 1.2.1, factur-x-kit 0.3.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'date: <udt:DateTimeString format="102">2026-11-01<
price of one: <ram:ChargeAmount>0.01<
quantity: nowhere
country: nowhere
read by factur-x-kit: Unknown Profile: ZUGFeRD' ]
