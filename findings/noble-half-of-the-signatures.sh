#!/usr/bin/env bash
# One would guess that a signature is valid to everybody or to nobody. One of ECDSA has two forms, and OpenSSL, so also Node and Python, makes
# one or the other by chance. @noble/curves takes the one with the lower number only, on secp256k1 like the chains that use it, and
# since version 2 on P-256 as well, on which browsers, tokens (ES256) and passkeys sign. It refuses about half of what Node signs,
# and the same text, signed once more, may be accepted, so a test is green, and the error comes and goes. elliptic takes both. The
# README has it among the changes of version 2. What helps: `{ lowS: false }` as the fourth argument of `verify`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @noble/curves@2.4.0 noble-1@npm:@noble/curves@1.9.7 elliptic@6.6.1 > /dev/null

cat > try.mjs << 'JS'
import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import elliptic from 'elliptic'
import { p256 as p256Of1 } from 'noble-1/nist.js'
import { secp256k1 as secp256k1Of1 } from 'noble-1/secp256k1.js'
const text = Buffer.from('5.25 USD')
const count = 100
const some = (number) => (number === count ? 'all' : number === 0 ? 'none' : number > 20 && number < 80 ? 'about half' : number)
for (const [curve, noble, noble1, name] of [['secp256k1', secp256k1, secp256k1Of1, 'secp256k1'], ['P-256', p256, p256Of1, 'p256']]) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const key = new elliptic.ec(name).keyFromPublic(point)
  const hash = createHash('sha256').update(text).digest()
  const valid = { 'Node.js': 0, elliptic: 0, 'noble 1': 0, noble: 0, 'noble, lowS false': 0 }
  for (let index = 0; index < count; index += 1) {
    const signature = sign('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' })
    const parts = { r: signature.subarray(0, 32), s: signature.subarray(32) }
    valid['Node.js'] += verify('sha256', text, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
    valid.elliptic += key.verify(hash, parts)
    valid['noble 1'] += noble1.verify(signature, hash, point)
    valid.noble += noble.verify(signature, text, point)
    valid['noble, lowS false'] += noble.verify(signature, text, point, { lowS: false })
  }
  console.log(`${curve}: ${Object.entries(valid).map(([library, number]) => `${library} ${some(number)}`).join('; ')}`)
}
JS
echo '@noble/curves 2.4.0 and 1.9.7, elliptic 6.6.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'secp256k1: Node.js all; elliptic all; noble 1 about half; noble about half; noble, lowS false all
P-256: Node.js all; elliptic all; noble 1 all; noble about half; noble, lowS false all' ]
