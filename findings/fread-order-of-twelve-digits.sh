#!/usr/bin/env bash
# One would guess that an id which is printed right is right. R's own type for whole numbers ends at 2,147,483,647, so
# data.table's fread reads longer ones with bit64, which keeps the 64 bits of each in the place of a number and marks the
# column. What drops the mark makes a number of the same bits, which is next to nothing: in a `for` loop, in `ifelse` and
# behind a text in `c`, the order 202611010001 is 1.001031e-312. So a loop over orders asks a server for an order of that name,
# and nothing warns of it. `paste` and `max` look at the mark, so a printed list is right. What helps: `fread(..., integer64 =
# "character")`, or `as.character` before the loop.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq r-base-core=4.2.2.20221110-2 libblas3=3.11.0-2 liblapack3=3.11.0-2 libgfortran5=12.2.0-14+deb12u1 \
  libquadmath0=12.2.0-14+deb12u1 libgomp1=12.2.0-14+deb12u1 libtirpc3=1.3.3+ds-1 libreadline8=8.2-1.3 libicu72=72.1-3+deb12u1 \
  r-cran-data.table=1.14.8+dfsg-1 r-cran-bit64=4.0.5-1 r-cran-bit=4.0.5-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export R_HOME=$folder/usr/lib/R TZ=UTC LC_ALL=C.UTF-8
ln -sf Renviron.ucf "$R_HOME/etc/Renviron" # which is a link to a file in /etc
LD_LIBRARY_PATH=$R_HOME/lib:$folder/usr/lib/x86_64-linux-gnu:$(echo "$folder"/usr/lib/*/blas):$(echo "$folder"/usr/lib/*/lapack)
export LD_LIBRARY_PATH

printf 'id,amount\n202611010001,5.25\n202611010002,7.00\n' > orders.csv
cat > try.R << 'R'
library(data.table)
show <- function(what, orders) {
  cat(what, ", ", class(orders$id), "\n", sep = "")
  cat("  paste", paste(orders$id), "\n")
  cat("  for loop")
  for (id in orders$id) cat("", id)
  cat("\n  ifelse", ifelse(orders$amount > 6, orders$id, "none"), "\n")
  cat("  max", format(max(orders$id)), "\n  c", c("1", orders$id), "\n")
}
show("fread", fread("orders.csv"))
show("fread with texts", fread("orders.csv", integer64 = "character"))
R
export R_LIBS=$R_HOME/site-library
r() { "$R_HOME/bin/exec/R" --no-echo --vanilla "$@"; }
r -e 'cat(R.version.string, "with data.table", format(packageVersion("data.table")), "and bit64", format(packageVersion("bit64")), "\n")'
r --file=try.R | tee seen
[ "$(cat seen)" = 'fread, integer64
  paste 202611010001 202611010002 
  for loop 1.001031e-312 1.001031e-312
  ifelse none 1.00103139511185e-312 
  max 202611010002 
  c 1 1.00103139510691e-312 1.00103139511185e-312 
fread with texts, character
  paste 202611010001 202611010002 
  for loop 202611010001 202611010002
  ifelse none 202611010002 
  max 202611010002 
  c 1 202611010001 202611010002 ' ]
