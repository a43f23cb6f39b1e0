#!/usr/bin/env bash
# One would guess that a request to log in needs the verifier's public key, as its field asks for, and that an error about the verifier
# means that. With the key as base58 and nothing else, signing says that the verifier is required, though it is there: what is missing
# is the key pair in `signers`. Anyone who obeys, and puts the key pair into the field, reads that a function of base58 doesn't exist.
# What helps: the public key as base58 in `login`, and the key pair in `signers`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @code-wallet/intents@1.1.0 @code-wallet/keys@1.1.0 > /dev/null

cat > try.mjs << 'JS'
import { LoginRequestIntent } from '@code-wallet/intents'
import { Keypair } from '@code-wallet/keys'
const pair = Keypair.generate()
const verifier = pair.getPublicKey().toBase58()
const forms = {
  'the public key': { login: { domain: 'example.com', verifier } },
  'the key pair': { login: { domain: 'example.com', verifier: pair } },
  'the public key, and the pair in signers': { login: { domain: 'example.com', verifier }, signers: [pair] },
}
for (const [what, form] of Object.entries(forms)) {
  try {
    new LoginRequestIntent({ mode: 'login', ...form }).sign()
    console.log(`${what}: signed`)
  } catch ({ message }) {
    console.log(`${what}: ${message}`)
  }
}
JS
echo '@code-wallet/intents 1.1.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'the public key: login verifier is required
the key pair: base58.match is not a function
the public key, and the pair in signers: signed' ]
