#!/usr/bin/env bash
# One would guess that `decode` reads what `encode` of the same class has written. A key pair of Code's package is encoded as its
# private key followed by its public key, as Solana's tools do, but only a private key alone is decoded. So a key that was kept
# with `encode` can't be read with `decode`; `fromSecretKey` takes its bytes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @code-wallet/keys@1.1.0 > /dev/null

cat > try.cjs << 'JS'
const { Keypair } = require('@code-wallet/keys')
const pair = Keypair.generate()
const encoded = pair.encode()
const read = (how) => {
  try {
    return how().getPublicKey().toBase58() === pair.getPublicKey().toBase58() ? 'the same pair' : 'another pair'
  } catch (error) {
    return error.constructor.name
  }
}
console.log(`encoded: ${Buffer.from(encoded, 'base64').length} bytes`)
console.log(`decode: ${read(() => Keypair.decode(encoded))}`)
console.log(`decode of the private key alone: ${read(() => Keypair.decode(Buffer.from(pair.getPrivateValue()).toString('base64')))}`)
console.log(`fromSecretKey: ${read(() => Keypair.fromSecretKey(Buffer.from(encoded, 'base64')))}`)
JS
echo "@code-wallet/keys $(node -p 'require("@code-wallet/keys/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'encoded: 64 bytes
decode: Error
decode of the private key alone: the same pair
fromSecretKey: the same pair' ]
