#!/usr/bin/env bash
# One would guess that a path of keys written with `h`, as many wallets and descriptors write hardened steps, is understood or refused.
# Code's package for mnemonics reads each step with parseInt, so `44h` is 44 without hardening, and `44'` alone is hardened. On
# this curve only hardened steps exist, but it derives a key from the others all the same: another address, at which no other wallet finds
# the money. What helps: to write the path with apostrophes, and to compare what `toString()` gives with what was meant.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @code-wallet/mnemonic@1.0.6 > /dev/null

cat > try.cjs << 'JS'
const { MnemonicPhrase, Path } = require('@code-wallet/mnemonic')
const phrase = new MnemonicPhrase('abandon '.repeat(11) + 'about') // the example of the specification
for (const text of ["m/44'/501'/0'/0'", 'm/44h/501h/0h/0h', 'm/44/501/0/0']) {
  const path = new Path(text)
  console.log(text, '→', String(path), '→', phrase.toKeypair(path).getPublicKey().toBase58())
}
JS
seen=$(node try.cjs)
echo '@code-wallet/mnemonic 1.0.6'
echo "$seen"
[ "$seen" = "m/44'/501'/0'/0' → m/44'/501'/0'/0' → HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk
m/44h/501h/0h/0h → m/44/501/0/0 → 5oqHMGEdSsAYsKgdXL8tmHzU7CgDgxz9N6MiPDStt9SF
m/44/501/0/0 → m/44/501/0/0 → 5oqHMGEdSsAYsKgdXL8tmHzU7CgDgxz9N6MiPDStt9SF" ]
