#!/usr/bin/env bash
# One would guess that a Lightning invoice which doesn't say when it ends is read with the end that the standard gives it, after an hour
# (BOLT 11 has 3,600 seconds as the default of its `x`). bolt11, light-bolt11-decoder and Alby's lightning-tools read no end at all,
# and `hasExpired()` of the latter is false for an invoice of last year, so a page goes on to offer it. A writer that wants an hour
# may leave it out, for a shorter code. bolt11 adds it when it writes an invoice itself, so tests with such ones show nothing. What helps:
# `timestamp + (expiry ?? 3600)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts bolt11@1.4.1 light-bolt11-decoder@3.2.0 @getalby/lightning-tools@9.0.1 > /dev/null

cat > try.cjs << 'JS'
const { Invoice } = require('@getalby/lightning-tools')
const { decode, encode, sign } = require('bolt11')
const { decode: decodeLight } = require('light-bolt11-decoder')
const tags = [
  { tagName: 'payment_hash', data: '01'.repeat(32) },
  { tagName: 'payment_secret', data: '02'.repeat(32) },
  { tagName: 'description', data: 'tea' },
  { tagName: 'min_final_cltv_expiry', data: 18 },
  { tagName: 'feature_bits', data: { word_length: 4, var_onion_optin: { required: true }, payment_secret: { required: true } } },
]
const timestamp = 1735689600 // 2025-01-01
function show(name, { paymentRequest }) {
  const invoice = decode(paymentRequest)
  const alby = new Invoice({ pr: paymentRequest })
  const light = decodeLight(paymentRequest).expiry
  console.log(`${name}: bolt11 ${invoice.timeExpireDate && invoice.timeExpireDate - invoice.timestamp}, light ${light}`)
  console.log(`  lightning-tools ${alby.expiry}, expired now: ${alby.hasExpired()}`)
}
show('without an end', sign(encode({ satoshis: 5, timestamp, tags }, false), '03'.repeat(32)))
show('with the default of bolt11', sign(encode({ satoshis: 5, timestamp, tags }, true), '03'.repeat(32)))
JS
echo 'bolt11 1.4.1, light-bolt11-decoder 3.2.0, @getalby/lightning-tools 9.0.1'
node try.cjs | tee seen
[ "$(cat seen)" = 'without an end: bolt11 undefined, light undefined
  lightning-tools undefined, expired now: false
with the default of bolt11: bolt11 3600, light 3600
  lightning-tools 3600, expired now: true' ]
