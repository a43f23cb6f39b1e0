#!/usr/bin/env bash
# One would guess that the three usual libraries make the same units of an amount of tokens, since that is all that parseUnits,
# parseUnits and toWei are for. They differ as soon as the amount has a decimal more than the token, which any tax or exchange
# rate gives it. With the six decimals of USDC, viem rounds, half a unit up to one, ethers throws, and web3-utils cuts off:
# 1.9999999 is 2000000 units to the shop and 1999999 to the wallet, and the invoice isn't paid in full. Less than one unit is an
# empty text to web3-utils, not "0". What helps: to round the amount before any of them sees it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts viem@2.57.20 ethers@6.17.0 web3-utils@4.3.3 > /dev/null

cat > try.mjs << 'JS'
import { parseUnits as ofEthers } from 'ethers'
import { parseUnits as ofViem } from 'viem'
import { toWei } from 'web3-utils'
const attempt = (make) => {
  try {
    return JSON.stringify(String(make()))
  } catch (error) {
    return error.code
  }
}
for (const amount of ['5.25', '1.9999999', '0.0000005', '0.0000004', '5.2500000']) {
  console.log(`${amount}: viem ${attempt(() => ofViem(amount, 6))}, ethers ${attempt(() => ofEthers(amount, 6))}, ` +
    `web3-utils ${attempt(() => toWei(amount, 'mwei'))}`)
}
JS
echo "viem 2.57.20, ethers 6.17.0, web3-utils 4.3.3"
node try.mjs | tee seen
[ "$(cat seen)" = '5.25: viem "5250000", ethers "5250000", web3-utils "5250000"
1.9999999: viem "2000000", ethers NUMERIC_FAULT, web3-utils "1999999"
0.0000005: viem "1", ethers NUMERIC_FAULT, web3-utils ""
0.0000004: viem "0", ethers NUMERIC_FAULT, web3-utils ""
5.2500000: viem "5250000", ethers "5250000", web3-utils "5250000"' ]
