#!/usr/bin/env bash
# One would guess that a field which an order doesn't have is missing. In R, `order$refund` takes a field whose name begins
# with that, if there is none of exactly this name, and only one that fits. So an order that nobody has refunded, and that says
# how much of it is refundable, was refunded in full. Once the order has a refund, the answer is right, and with a second name
# that begins so, such as refund_reason, there is no refund again. What jsonlite makes of an object behaves like this, and so
# do columns of a data frame: the sum of `sales$price` is that of price_before. Nothing warns of it. What helps:
# `order[["refund"]]`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq r-base-core=4.2.2.20221110-2 libblas3=3.11.0-2 liblapack3=3.11.0-2 libgfortran5=12.2.0-14+deb12u1 \
  libquadmath0=12.2.0-14+deb12u1 libgomp1=12.2.0-14+deb12u1 libtirpc3=1.3.3+ds-1 libreadline8=8.2-1.3 libicu72=72.1-3+deb12u1 \
  r-cran-jsonlite=1.8.4+dfsg-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export R_HOME=$folder/usr/lib/R TZ=UTC LC_ALL=C.UTF-8
ln -sf Renviron.ucf "$R_HOME/etc/Renviron" # which is a link to a file in /etc
LD_LIBRARY_PATH=$R_HOME/lib:$folder/usr/lib/x86_64-linux-gnu:$(echo "$folder"/usr/lib/*/blas):$(echo "$folder"/usr/lib/*/lapack)
export LD_LIBRARY_PATH

cat > try.R << 'R'
orders <- c('{"id":"A7","refundable":5.25}', '{"id":"A8","refundable":5.25,"refund":1.00}',
  '{"id":"A9","refundable":5.25,"refund_reason":"cold"}')
for (text in orders) {
  order <- jsonlite::fromJSON(text)
  cat(text, "\n  $refund ", format(order$refund), ", [[\"refund\"]] ", format(order[["refund"]]), "\n", sep = "")
}
sales <- jsonlite::fromJSON('[{"buyer":"Ada","price_before":7},{"buyer":"Bob","price_before":9}]')
cat("sum(sales$price) ", sum(sales$price), ", sum(sales[[\"price\"]]) ", sum(sales[["price"]]), "\n", sep = "")
R
export R_LIBS=$R_HOME/site-library
r() { "$R_HOME/bin/exec/R" --no-echo --vanilla "$@"; }
r -e 'cat(R.version.string, "and jsonlite", format(packageVersion("jsonlite")), "\n")'
r --file=try.R | tee seen
[ "$(cat seen)" = '{"id":"A7","refundable":5.25}
  $refund 5.25, [["refund"]] NULL
{"id":"A8","refundable":5.25,"refund":1.00}
  $refund 1, [["refund"]] 1
{"id":"A9","refundable":5.25,"refund_reason":"cold"}
  $refund NULL, [["refund"]] NULL
sum(sales$price) 16, sum(sales[["price"]]) 0' ]
