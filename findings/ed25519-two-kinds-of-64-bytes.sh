#!/usr/bin/env bash
# One would guess that a secret key of Ed25519 with 64 bytes is what tweetnacl, libsodium and Solana's wallets mean by it: the seed, and the
# public key behind it. To orlp's library, of which supercop.js is made, it is the hash of the seed, from which there is no way back to
# the seed. The length is the same, and so is the public key. Each library takes the key of the other without an error, and makes
# signatures with it that nobody can verify. What helps: to pass on the seed, 32 bytes, from which each library makes its own key, and
# to verify the first signature.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tweetnacl@1.0.3 supercop.js@2.0.1 > /dev/null

cat > try.cjs << 'JS'
const { createHash } = require('node:crypto')
const supercop = require('supercop.js')
const { sign } = require('tweetnacl')
const seed = Buffer.alloc(32, 7)
const message = Buffer.from('0.25 USD')
async function run() {
  const nacl = sign.keyPair.fromSeed(seed)
  const other = supercop.createKeyPair(seed)
  const publicKey = Buffer.from(nacl.publicKey)
  const keys = { tweetnacl: Buffer.from(nacl.secretKey), 'supercop.js': Buffer.from(other.secretKey) }
  console.log(`public keys: ${publicKey.equals(other.publicKey) ? 'equal' : 'different'}`)
  const hash = createHash('sha512').update(seed).digest()
  for (const [name, key] of Object.entries(keys)) {
    const parts = [key.subarray(0, 32).equals(seed) ? 'seed' : key.subarray(8, 31).equals(hash.subarray(8, 31)) ? 'hash of the seed' : '?']
    parts.push(key.subarray(32).equals(publicKey) ? 'public key' : key.subarray(32).equals(hash.subarray(32)) ? 'hash, continued' : '?')
    const signatures = [sign.detached(message, key), supercop.sign(message, publicKey, key)]
    const verified = signatures.map((each) => (sign.detached.verify(message, Uint8Array.from(each), nacl.publicKey) ? 'valid' : 'invalid'))
    console.log(`key of ${name}: ${key.length} bytes, ${parts.join(', ')}; used by tweetnacl ${verified[0]}, by supercop.js ${verified[1]}`)
  }
}
run()
JS
echo "tweetnacl 1.0.3, supercop.js 2.0.1"
node --no-warnings try.cjs | tee seen
[ "$(cat seen)" = 'public keys: equal
key of tweetnacl: 64 bytes, seed, public key; used by tweetnacl valid, by supercop.js invalid
key of supercop.js: 64 bytes, hash of the seed, hash, continued; used by tweetnacl invalid, by supercop.js valid' ]
