#!/usr/bin/env bash
# One would guess that Standard Webhooks' own JavaScript library verifies both kinds of signature that its specification has: `v1`, an HMAC,
# and `v1a`, Ed25519, whose public key is written `whpk_…`. It knows only the first. It says of such a key that it has incorrect
# characters, and, given the bytes of the key, that no signature matches, so one looks for the error in the key or the body. svix
# does the same. A delivery with both signatures is verified with the secret alone. What helps: node:crypto, which takes four lines
# for it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund standardwebhooks@1.1.1 svix@1.99.1 > /dev/null

cat > try.mjs << 'JS'
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { Webhook as SvixWebhook } from 'svix'
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const key = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url').toString('base64')
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const body = '{"type":"order.paid"}'
const at = new Date()
const content = `msg_1.${Math.floor(at / 1000)}.${body}`
const v1 = new Webhook(secret).sign('msg_1', at, body)
const v1a = `v1a,${sign(null, Buffer.from(content), privateKey).toString('base64')}`

const attempt = (what, Class, given, signature) => {
  const headers = { id: 'msg_1', timestamp: String(Math.floor(at / 1000)), signature }
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [`webhook-${name}`, value]))
  try {
    console.log(`${what}: ${new Class(given).verify(body, named).type}`)
  } catch ({ message }) {
    console.log(`${what}: ${message}`)
  }
}
for (const [name, Class] of [['standardwebhooks', Webhook], ['svix', SvixWebhook]]) {
  attempt(`${name}, v1 with whsec_`, Class, secret, v1)
  attempt(`${name}, v1a with whpk_`, Class, `whpk_${key}`, v1a)
  attempt(`${name}, v1a with the key’s bytes`, Class, key, v1a)
  attempt(`${name}, both with whsec_`, Class, secret, `${v1a} ${v1}`)
}
const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key, 'base64').toString('base64url') }
const signature = Buffer.from(v1a.slice('v1a,'.length), 'base64')
console.log(`node:crypto: ${verify(null, Buffer.from(content), createPublicKey({ key: jwk, format: 'jwk' }), signature)}`)
JS
echo "standardwebhooks 1.1.1, svix 1.99.1"
node try.mjs | tee seen
[ "$(cat seen)" = 'standardwebhooks, v1 with whsec_: order.paid
standardwebhooks, v1a with whpk_: Base64Coder: incorrect characters for decoding
standardwebhooks, v1a with the key’s bytes: No matching signature found
standardwebhooks, both with whsec_: order.paid
svix, v1 with whsec_: order.paid
svix, v1a with whpk_: Base64Coder: incorrect characters for decoding
svix, v1a with the key’s bytes: No matching signature found
svix, both with whsec_: order.paid
node:crypto: true' ]
