#!/usr/bin/env bash
# One would guess that a library which reads bank statements and says that its amounts are in the smallest unit gives whole numbers, and
# knows that yen have no smaller one. iso20022.js reads an amount of a camt.053 as a floating-point number and multiplies it by 100,
# whatever its currency: 19.99 euros are 1998.9999999999998 cents, 500 yen are 50,000, and 1.255 dinars 125.49999999999999. So a payment
# isn't equal to its order, a column for integers refuses it, and Math.floor() is a cent short. A reference of digits is a number as
# well, and loses its zeros. What helps: Math.round(), the decimals by currency, and another parser for what a payment is found by.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund iso20022.js@0.0.15 > /dev/null

cat > try.mjs << 'JS'
import { CashManagementEndOfDayReport } from 'iso20022.js'
const statement = (amount, currency) => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-30T22:00:00+01:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>2026-11-30T22:00:00+01:00</CreDtTm>
<FrToDt><FrDtTm>2026-11-30T00:00:00+01:00</FrDtTm><ToDtTm>2026-11-30T23:59:59+01:00</ToDtTm></FrToDt>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>${currency}</Ccy><Svcr><FinInstnId><BIC>COBADEFFXXX</BIC></FinInstnId></Svcr></Acct>
${['OPBD', 'CLBD'].map((type) => `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-30</Dt></Dt></Bal>`).join('')}
<Ntry><NtryRef>1</NtryRef><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RvslInd>false</RvslInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-30</Dt></BookgDt><ValDt><Dt>2026-11-30</Dt></ValDt><AcctSvcrRef>0012345</AcctSvcrRef>
<BkTxCd><Prtry><Cd>NTRF</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Amt Ccy="${currency}">${amount}</Amt>
<RmtInf><Ustrd>article 17</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`
for (const [amount, currency] of [['19.99', 'EUR'], ['4.35', 'EUR'], ['5.25', 'EUR'], ['500', 'JPY'], ['1.255', 'KWD']]) {
  const [entry] = CashManagementEndOfDayReport.fromXML(statement(amount, currency)).statements[0].entries
  console.log(`${amount} ${currency}: ${entry.amount}, floor ${Math.floor(entry.amount)}, reference ${JSON.stringify(entry.accountServicerReferenceId)}`)
}
JS
echo "iso20022.js $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/iso20022.js/package.json")).version')"
node try.mjs | tee seen
[ "$(cat seen)" = '19.99 EUR: 1998.9999999999998, floor 1998, reference 12345
4.35 EUR: 434.99999999999994, floor 434, reference 12345
5.25 EUR: 525, floor 525, reference 12345
500 JPY: 50000, floor 50000, reference 12345
1.255 KWD: 125.49999999999999, floor 125, reference 12345' ]
