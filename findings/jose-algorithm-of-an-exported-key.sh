#!/usr/bin/env bash
# One would guess that a public key which has been exported as a JWK verifies what its private key signs. Newer versions of Node write
# `"alg": "Ed25519"` into that JWK, as Web Crypto now asks; 20.19.0 didn't, 20.20.2 does. Tokens mostly call the same algorithm `EdDSA`,
# its older name in JOSE, and so do Code's. In a set of keys, jose compares the two names, finds them different, and has no
# key for the token; the key alone verifies it. What helps: to export with jose's exportJWK, which names no algorithm, or to delete `alg`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund jose@6.2.18 > /dev/null
for version in 20.19.0 20.20.2; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

cat > try.mjs << 'JS'
import { CompactSign, compactVerify, createLocalJWKSet, exportJWK } from 'jose'
const { subtle } = globalThis.crypto
const { privateKey, publicKey } = await subtle.generateKey('Ed25519', true, ['sign', 'verify'])
const token = await new CompactSign(Buffer.from('{}')).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey)
const verify = (key) => compactVerify(token, key).then(() => 'verified', ({ code }) => code)
const jwk = await subtle.exportKey('jwk', publicKey)
console.log(`Node ${process.version}: alg ${jwk.alg}`)
console.log(`  the key: ${await verify(publicKey)}`)
console.log(`  a set of what Web Crypto exports: ${await verify(createLocalJWKSet({ keys: [jwk] }))}`)
console.log(`  a set of what jose exports: ${await verify(createLocalJWKSet({ keys: [await exportJWK(publicKey)] }))}`)
JS
echo "jose $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/jose/package.json", "utf8")).version')"
for version in 20.19.0 20.20.2; do "node$version/node_modules/node/bin/node" --no-warnings try.mjs; done | tee seen
[ "$(cat seen)" = 'Node v20.19.0: alg undefined
  the key: verified
  a set of what Web Crypto exports: verified
  a set of what jose exports: verified
Node v20.20.2: alg Ed25519
  the key: verified
  a set of what Web Crypto exports: ERR_JWKS_NO_MATCHING_KEY
  a set of what jose exports: verified' ]
