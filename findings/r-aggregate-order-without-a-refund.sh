#!/usr/bin/env bash
# One would guess that a sum of amounts has all amounts. In R, `aggregate(cbind(amount, refund) ~ buyer, sales, sum)`, the form
# that its examples use, leaves out each row in which any of the columns is empty. As most orders have no refund, their amounts
# are gone as well: of 21.25 there are 7.00 left, and a buyer without a refund isn't in the list. `na.rm = TRUE` changes
# nothing, since the rows are gone before. Nothing is said about it. The same without a formula has all of it, with `na.rm =
# TRUE`. What helps: that one, or `na.action = na.pass` beside it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq r-base-core=4.2.2.20221110-2 libblas3=3.11.0-2 liblapack3=3.11.0-2 libgfortran5=12.2.0-14+deb12u1 \
  libquadmath0=12.2.0-14+deb12u1 libgomp1=12.2.0-14+deb12u1 libtirpc3=1.3.3+ds-1 libreadline8=8.2-1.3 libicu72=72.1-3+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export R_HOME=$folder/usr/lib/R TZ=UTC LC_ALL=C.UTF-8
ln -sf Renviron.ucf "$R_HOME/etc/Renviron" # which is a link to a file in /etc
LD_LIBRARY_PATH=$R_HOME/lib:$folder/usr/lib/x86_64-linux-gnu:$(echo "$folder"/usr/lib/*/blas):$(echo "$folder"/usr/lib/*/lapack)
export LD_LIBRARY_PATH

cat > sales.csv << 'CSV'
buyer,amount,refund
Ada,5.25,
Ada,7.00,2.00
Bob,9.00,
CSV
cat > try.R << 'R'
sales <- read.csv("sales.csv")
show <- function(what, table) cat(what, ": ", toString(paste(table$buyer, table$amount, table$refund)), "\n", sep = "")
show("formula", aggregate(cbind(amount, refund) ~ buyer, sales, sum))
show("formula with na.rm", aggregate(cbind(amount, refund) ~ buyer, sales, sum, na.rm = TRUE))
show("formula with na.pass", aggregate(cbind(amount, refund) ~ buyer, sales, sum, na.rm = TRUE, na.action = na.pass))
show("without a formula", aggregate(sales[c("amount", "refund")], sales["buyer"], sum, na.rm = TRUE))
R
r() { "$R_HOME/bin/exec/R" --no-echo --vanilla "$@"; }
r -e 'cat(R.version.string, "\n")'
r --file=try.R | tee seen
[ "$(cat seen)" = 'formula: Ada 7 2
formula with na.rm: Ada 7 2
formula with na.pass: Ada 12.25 2, Bob 9 0
without a formula: Ada 12.25 2, Bob 9 0' ]
