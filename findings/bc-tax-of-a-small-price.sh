#!/usr/bin/env bash
# One would guess that bc, which computes with any number of digits, multiplies exactly, and that its `scale` is one for divisions. A
# product has only as many decimals as the factor with more of them, and the others are cut off, not rounded: a tax of 19% on 5 cents is
# 0, one of 7% on 19.99 is 1.39, where the product is 1.3993, and half of half a dollar is .2. With a zero more behind a factor, there
# is a decimal more. A sum of such taxes is always too low. The manual page says once, for all operators, that a result has the decimals
# of the operand with more of them, and not that the others are cut off. What helps: `scale = 20` in front, or `bc -l`, and to round at
# the end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq bc=1.07.1-3+b1 2> /dev/null
dpkg -x bc_*.deb .

usr/bin/bc --version | head -n 1
for product in '0.05 * 0.19' '19.99 * 0.07' '0.5 * 0.5' '5.25 * 1.19' '5.25 * 1.1900' '0.25 ^ 2'; do
  echo "$product is $(echo "$product" | usr/bin/bc), and $(echo "scale = 20; $product" | usr/bin/bc) with a scale"
done | tee seen
[ "$(cat seen)" = '0.05 * 0.19 is 0, and .0095 with a scale
19.99 * 0.07 is 1.39, and 1.3993 with a scale
0.5 * 0.5 is .2, and .25 with a scale
5.25 * 1.19 is 6.24, and 6.2475 with a scale
5.25 * 1.1900 is 6.2475, and 6.247500 with a scale
0.25 ^ 2 is .06, and .0625 with a scale' ]
