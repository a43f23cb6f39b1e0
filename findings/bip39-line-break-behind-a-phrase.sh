#!/usr/bin/env bash
# One would guess that a recovery phrase which is read from a file is the phrase that is on paper. `mnemonicToSeed` of bip39 and
# @scure/bip39 takes the text as it is, and a file has a line break at its end: the seed is another one, and so is the wallet,
# which works, and receives money that the phrase on paper never gives back. @scure/bip39 counts the words at their spaces, so
# it refuses a space at the end, and lets the line break through, as well as a capital letter. Neither asks its own
# `validateMnemonic`, which knows all of them for invalid. What helps: `phrase.trim().toLowerCase().split(/\s+/).join(' ')`, and
# then `validateMnemonic`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @scure/bip39@2.4.0 bip39@3.1.2 @solana/kit@6.10.0 > /dev/null

cat > try.mjs << 'JS'
import { readFileSync, writeFileSync } from 'node:fs'
import * as scure from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { createKeyPairSignerFromPrivateKeyBytes } from '@solana/kit'
import bip39 from 'bip39'
const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow' // from the specification
const address = async (toSeed, phrase) => {
  try {
    return (await createKeyPairSignerFromPrivateKeyBytes(toSeed(phrase).slice(0, 32))).address.slice(0, 8)
  } catch (error) {
    return error.message
  }
}
writeFileSync('phrase', `${PHRASE}\n`)
const forms = {
  'on paper': PHRASE,
  'from a file': readFileSync('phrase', 'utf8'),
  'with a capital letter': `L${PHRASE.slice(1)}`,
  'with a space behind it': `${PHRASE} `,
  'from a file, helped': readFileSync('phrase', 'utf8').trim().toLowerCase().split(/\s+/).join(' '),
}
for (const [name, phrase] of Object.entries(forms)) {
  const valid = [scure.validateMnemonic(phrase, wordlist), bip39.validateMnemonic(phrase)]
  const wallets = [await address(scure.mnemonicToSeedSync, phrase), await address(bip39.mnemonicToSeedSync, phrase)]
  console.log(`${name}: @scure/bip39 ${wallets[0]}, valid ${valid[0]}; bip39 ${wallets[1]}, valid ${valid[1]}`)
}
JS
echo '@scure/bip39 2.4.0, bip39 3.1.2, @solana/kit 6.10.0'
node --no-warnings try.mjs | tee seen
[ "$(cat seen)" = 'on paper: @scure/bip39 EPcM3Rcp, valid true; bip39 EPcM3Rcp, valid true
from a file: @scure/bip39 BgEeBfuz, valid false; bip39 BgEeBfuz, valid false
with a capital letter: @scure/bip39 86wUCwxA, valid false; bip39 86wUCwxA, valid false
with a space behind it: @scure/bip39 Invalid mnemonic, valid false; bip39 HncFwSbE, valid false
from a file, helped: @scure/bip39 EPcM3Rcp, valid true; bip39 EPcM3Rcp, valid true' ]
