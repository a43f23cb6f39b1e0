#!/usr/bin/env bash
# One would guess that a sum has all the numbers of a column, or says that it hasn't. In Miller 6.6, a number with zeros in front, as banks
# write amounts in columns of a fixed width, is a text, and so is one of more than 63 bits, such as twelve ether in wei. stats1 leaves texts
# out of the sum and the mean, but not out of the count: 1000, 000525 and 000475 are three numbers with a sum of 1000. With a decimal point,
# the zeros do no harm. In an expression, 000525 + 1 is (error), and int() takes the zeros for octal: it makes 341 of 000525.
# What helps: `int(sub($amount, "^0+", ""))` first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq miller=6.6.0-2+b3 2> /dev/null
dpkg -x miller_*.deb .

total() { printf '%s\n' amount "$@" | usr/bin/mlr --icsv --oxtab stats1 -a sum,count,mean -f amount | xargs; }
seen="1000 000525 000475: $(total 1000 000525 000475)
1000 525 475: $(total 1000 525 475)
10.00 05.25 04.75: $(total 10.00 05.25 04.75)
wei: $(total 12345678901234567890 5000000000000000000)
000525 by itself: $(echo amount=000525 | usr/bin/mlr put '$type = typeof($amount); $more = $amount + 1; $int = int($amount)')"
usr/bin/mlr --version
echo "$seen"
[ "$seen" = '1000 000525 000475: amount_sum 1000 amount_count 3 amount_mean 1000
1000 525 475: amount_sum 2000 amount_count 3 amount_mean 666.6666666666666
10.00 05.25 04.75: amount_sum 20 amount_count 3 amount_mean 6.666666666666667
wei: amount_sum 5000000000000000000 amount_count 2 amount_mean 5000000000000000000
000525 by itself: amount=000525,type=string,more=(error),int=341' ]
