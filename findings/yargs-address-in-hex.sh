#!/usr/bin/env bash
# One would guess that yargs, which turns numbers into numbers, leaves a text of 66 letters and digits alone. It keeps `0042` and a number of
# twenty digits as texts, since they would lose something, but whatever is written in hexadecimal digits after 0x is a number, of any
# length: a transaction's hash is 6.478321447716424e+76, and an address of Ethereum, whose upper case is its checksum, 4.466781378039141e+37.
# minimist and mri do the same, and convert 0042 as well. What one program gets is right, and what is written to the journal is not the
# buyer's. What helps: `.string('address')`, or commander or util.parseArgs, which have only texts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund yargs@18.0.0 minimist@1.2.8 mri@1.2.0 > /dev/null

cat > try.mjs << 'JS'
import { parseArgs } from 'node:util'
import minimist from 'minimist'
import mri from 'mri'
import yargs from 'yargs'
const hash = `0x8f3a${'0'.repeat(56)}beef`
const address = '0x00000000219ab540356cBB839Cbe05303d7705Fa'
const args = [`--hash=${hash}`, `--address=${address}`, '--order=0042', '--id=12345678901234567890']
const options = Object.fromEntries(['hash', 'address', 'order', 'id'].map((name) => [name, { type: 'string' }]))
const readers = {
  yargs: () => yargs(args).parse(),
  'yargs, string': () => yargs(args).string(['hash', 'address']).parse(),
  minimist: () => minimist(args),
  mri: () => mri(args),
  'node:util': () => parseArgs({ args, options }).values,
}
for (const [name, read] of Object.entries(readers)) {
  const { hash: readHash, address: readAddress, order, id } = read()
  console.log(`${name}: hash ${readHash === hash ? 'as it is' : readHash}, address ${readAddress === address ? 'as it is' : readAddress}`)
  console.log(`  order ${JSON.stringify(order)}, id ${JSON.stringify(id)}`)
}
JS
echo 'yargs 18.0.0, minimist 1.2.8, mri 1.2.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'yargs: hash 6.478321447716424e+76, address 4.466781378039141e+37
  order "0042", id "12345678901234567890"
yargs, string: hash as it is, address as it is
  order "0042", id "12345678901234567890"
minimist: hash 6.478321447716424e+76, address 4.466781378039141e+37
  order 42, id 12345678901234567000
mri: hash 6.478321447716424e+76, address 4.466781378039141e+37
  order 42, id 12345678901234567000
node:util: hash as it is, address as it is
  order "0042", id "12345678901234567890"' ]
