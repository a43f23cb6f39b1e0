#!/usr/bin/env bash
# One would guess that a number in base 62, as it is in short links, is the same text to each library of that name. base62 of npm has its
# small letters before the capital ones, and @sindresorhus/base62, like base-x in its README, has them behind: order 1234567 is 5ban to
# one, and 5BAN to the other. Each reads the other's texts without an error, as another number, so a short link leads to the order of
# somebody else. Up to 9, and for what has only digits, they agree. There is no standard. What helps: one library, which makes the links
# and reads them, or `base62.setCharacterSet`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund base62@2.0.2 @sindresorhus/base62@1.0.0 > /dev/null

cat > try.mjs << 'JS'
import one from 'base62'
import other from '@sindresorhus/base62'
for (const order of [7, 100, 62 * 62, 1234567]) {
  const texts = [one.encode(order), other.encodeInteger(order)]
  const read = [other.decodeInteger(texts[0]), one.decode(texts[1])]
  console.log(`${order}: base62 ${texts[0]}, @sindresorhus/base62 ${texts[1]}; each read by the other: ${read.join(', ')}`)
}
one.setCharacterSet('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
console.log(`base62, with setCharacterSet: ${one.encode(1234567)}`)
JS
echo 'base62 2.0.2, @sindresorhus/base62 1.0.0'
node try.mjs | tee seen
[ "$(cat seen)" = '7: base62 7, @sindresorhus/base62 7; each read by the other: 7, 7
100: base62 1C, @sindresorhus/base62 1c; each read by the other: 74, 74
3844: base62 100, @sindresorhus/base62 100; each read by the other: 3844, 3844
1234567: base62 5ban, @sindresorhus/base62 5BAN; each read by the other: 1336149, 1336149
base62, with setCharacterSet: 5BAN' ]
