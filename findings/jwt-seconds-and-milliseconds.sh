#!/usr/bin/env bash
# One would guess that the lifetime of a token is in seconds, as its `iat` and `exp` are, and that options of the same name mean
# the same. `expiresIn: 3600` is an hour in jsonwebtoken, and three seconds in fast-jwt. @fastify/jwt, which is made of
# fast-jwt, makes milliseconds of `expiresIn` and `maxAge`, and passes `clockTolerance` on as it is: an hour of 3600 stands
# beside a tolerance of 30 that is none. jose's setExpirationTime(3600) is a moment: such a token ended in 1970. And the text
# "3600", as an environment variable has it, is milliseconds to all but jose, which refuses it. Each of them says so in its
# documentation, except for that tolerance. What helps: lifetimes with a unit ("1h"), which mean the same to all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fast-jwt@6.3.6 jsonwebtoken@9.0.3 jose@6.2.18 fastify@5.12.8 \
  @fastify/jwt@10.2.8 > /dev/null

cat > try.mjs << 'JS'
import fastifyJwt from '@fastify/jwt'
import { createSigner, createVerifier } from 'fast-jwt'
import fastify from 'fastify'
import { SignJWT, decodeJwt, jwtVerify } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
const key = 'a-secret-of-no-shop-at-all-123456'
const bytes = new TextEncoder().encode(key)
const iat = Math.floor(Date.now() / 1000)
const { jwt } = await fastify().register(fastifyJwt, { secret: key })
const attempt = async (run) => {
  try {
    return await run()
  } catch (error) {
    return error.code ?? error.name
  }
}
const signers = {
  jsonwebtoken: (expiresIn) => jsonwebtoken.sign({ iat }, key, { expiresIn }),
  'fast-jwt': (expiresIn) => createSigner({ key, expiresIn })({ iat }),
  '@fastify/jwt': (expiresIn) => jwt.sign({ iat }, { expiresIn }),
  jose: (time) => new SignJWT().setProtectedHeader({ alg: 'HS256' }).setIssuedAt(iat).setExpirationTime(time).sign(bytes),
}
for (const [name, sign] of Object.entries(signers)) {
  for (const time of [3600, '3600', '1h']) {
    console.log(`${name}, ${JSON.stringify(time)}: ${await attempt(async () => {
      const { exp } = decodeJwt(await sign(time))
      if (exp < iat) return `ended in ${new Date(exp * 1000).getUTCFullYear()}`
      return exp - iat < 60 ? 'a few seconds' : Math.abs(exp - iat - 3600) < 60 ? 'an hour' : `${exp - iat} seconds`
    })}`)
  }
}
const ended = jsonwebtoken.sign({ exp: iat - 10 }, key)
const clockTolerance = 30
const verifiers = {
  jsonwebtoken: () => jsonwebtoken.verify(ended, key, { clockTolerance }),
  'fast-jwt': () => createVerifier({ key, clockTolerance })(ended),
  '@fastify/jwt': () => jwt.verify(ended, { clockTolerance }),
  jose: () => jwtVerify(ended, bytes, { clockTolerance }),
}
for (const [name, verify] of Object.entries(verifiers)) {
  console.log(`${name}, ended ten seconds ago, tolerance 30: ${await attempt(async () => (await verify()) && 'accepted')}`)
}
JS
echo 'jsonwebtoken 9.0.3, fast-jwt 6.3.6, @fastify/jwt 10.2.8, jose 6.2.18'
node try.mjs | tee seen
[ "$(cat seen)" = 'jsonwebtoken, 3600: an hour
jsonwebtoken, "3600": a few seconds
jsonwebtoken, "1h": an hour
fast-jwt, 3600: a few seconds
fast-jwt, "3600": a few seconds
fast-jwt, "1h": an hour
@fastify/jwt, 3600: an hour
@fastify/jwt, "3600": a few seconds
@fastify/jwt, "1h": an hour
jose, 3600: ended in 1970
jose, "3600": TypeError
jose, "1h": an hour
jsonwebtoken, ended ten seconds ago, tolerance 30: accepted
fast-jwt, ended ten seconds ago, tolerance 30: FAST_JWT_EXPIRED
@fastify/jwt, ended ten seconds ago, tolerance 30: FAST_JWT_EXPIRED
jose, ended ten seconds ago, tolerance 30: accepted' ]
