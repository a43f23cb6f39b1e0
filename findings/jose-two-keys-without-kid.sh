#!/usr/bin/env bash
# One would guess that a set of two public keys verifies what either of them has signed. Code's tokens don't name their key (`kid`), and
# jose doesn't try keys: where two of a set fit the algorithm, verifying throws, also if the first one is right. The error is an
# iterator of the keys that come into question. So a second key, added so that the first can be replaced, refuses every payment
# until the keys are tried one after another.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund jose@6.2.18 > /dev/null

cat > try.mjs << 'JS'
import { CompactSign, compactVerify, createLocalJWKSet, exportJWK, generateKeyPair } from 'jose'
const pairs = await Promise.all([0, 1].map(() => generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })))
const keys = await Promise.all(pairs.map(({ publicKey }) => exportJWK(publicKey)))
const token = await new CompactSign(Buffer.from('{}')).setProtectedHeader({ alg: 'EdDSA' }).sign(pairs[0].privateKey)
const verify = (key) => compactVerify(token, key).then(() => 'verified', (error) => error)
console.log(`a set of one: ${await verify(createLocalJWKSet({ keys: [keys[0]] }))}`)
const error = await verify(createLocalJWKSet({ keys }))
console.log(`a set of two: ${error.code}`)
const tried = []
for await (const key of error) tried.push(await verify(key))
console.log(`one after another: ${tried.map((result) => result.code ?? result).join(', ')}`)
JS
echo "jose $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/jose/package.json", "utf8")).version')"
node try.mjs | tee seen
[ "$(cat seen)" = 'a set of one: verified
a set of two: ERR_JWKS_MULTIPLE_MATCHING_KEYS
one after another: verified, ERR_JWS_SIGNATURE_VERIFICATION_FAILED' ]
