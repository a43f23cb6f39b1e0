#!/usr/bin/env bash
# One would guess that a secret in letters is used as its letters, as jsonwebtoken does with a text, and node:crypto. jsrsasign takes a text
# which has only hexadecimal digits, an even number of them, for the bytes that they stand for. Such a text is what
# `openssl rand -hex 32` prints, and many secrets are made with it: all others refuse the token that jsrsasign signs, and it refuses
# theirs. With a secret like `not so secret`, as tests have, they agree. The tutorial has a key in hexadecimal, and no word on
# other texts. What helps: `{ utf8: secret }` in place of the text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund jsrsasign@11.1.5 jsonwebtoken@9.0.3 jose@6.2.18 > /dev/null

cat > try.mjs << 'JS'
import { jwtVerify } from 'jose'
import jwt from 'jsonwebtoken'
import jsrsasign from 'jsrsasign'
const { JWS } = jsrsasign.KJUR.jws
const header = { alg: 'HS256', typ: 'JWT' }
function ofJsonwebtoken(token, secret) {
  try {
    return jwt.verify(token, secret).order
  } catch (error) {
    return error.message
  }
}
async function ofJose(token, secret) {
  const claims = await jwtVerify(token, new TextEncoder().encode(secret)).catch((error) => error)
  return claims.payload?.order ?? claims.message
}
for (const secret of ['not so secret', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', '9f86d081884c7d659a2feaa0c55ad01']) {
  console.log(`${secret}:`)
  for (const [name, key] of Object.entries({ 'a text': secret, utf8: { utf8: secret } })) {
    const token = JWS.sign('HS256', header, { order: 7 }, key)
    console.log(`  signed with ${name}: jsonwebtoken ${ofJsonwebtoken(token, secret)}, jose ${await ofJose(token, secret)}`)
  }
  const token = jwt.sign({ order: 7 }, secret, { noTimestamp: true })
  console.log(`  signed by jsonwebtoken: jsrsasign ${JWS.verify(token, secret, ['HS256'])}`)
}
JS
echo 'jsrsasign 11.1.5, jsonwebtoken 9.0.3, jose 6.2.18'
node try.mjs | tee seen
[ "$(cat seen)" = 'not so secret:
  signed with a text: jsonwebtoken 7, jose 7
  signed with utf8: jsonwebtoken 7, jose 7
  signed by jsonwebtoken: jsrsasign true
9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08:
  signed with a text: jsonwebtoken invalid signature, jose signature verification failed
  signed with utf8: jsonwebtoken 7, jose 7
  signed by jsonwebtoken: jsrsasign false
9f86d081884c7d659a2feaa0c55ad01:
  signed with a text: jsonwebtoken 7, jose 7
  signed with utf8: jsonwebtoken 7, jose 7
  signed by jsonwebtoken: jsrsasign true' ]
