#!/usr/bin/env bash
# One would guess that numbers of orders are written as they are read. R writes a number in the shorter of two forms, and 1e+05
# is shorter than 100000: of the orders 99999, 100000 and 100001, the one in the middle has another name in the file, once
# something was calculated with the column, since most calculations make numbers with decimals of it. write.csv and
# data.table's fwrite do that, and `paste("order", id)` does, too, as in an address. The same holds for round amounts, such as
# 200000. A program that reads ids as text doesn't find the order. jsonlite writes it with all its digits. What helps:
# `options(scipen = 99)`, or as.integer for ids.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq r-base-core=4.2.2.20221110-2 libblas3=3.11.0-2 liblapack3=3.11.0-2 libgfortran5=12.2.0-14+deb12u1 \
  libquadmath0=12.2.0-14+deb12u1 libgomp1=12.2.0-14+deb12u1 libtirpc3=1.3.3+ds-1 libreadline8=8.2-1.3 libicu72=72.1-3+deb12u1 \
  r-cran-jsonlite=1.8.4+dfsg-1 r-cran-data.table=1.14.8+dfsg-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export R_HOME=$folder/usr/lib/R TZ=UTC LC_ALL=C.UTF-8
ln -sf Renviron.ucf "$R_HOME/etc/Renviron" # which is a link to a file in /etc
LD_LIBRARY_PATH=$R_HOME/lib:$folder/usr/lib/x86_64-linux-gnu:$(echo "$folder"/usr/lib/*/blas):$(echo "$folder"/usr/lib/*/lapack)
export LD_LIBRARY_PATH

printf 'id,cents\n99998,52500\n99999,199999\n100000,200000\n' > orders.csv
cat > try.R << 'R'
orders <- read.csv("orders.csv")
show <- function(what) {
  cat(what, ", ", class(orders$id), "\n", sep = "")
  write.csv(orders, "orders-2.csv", row.names = FALSE)
  data.table::fwrite(orders, "orders-3.csv")
  cat("  write.csv ", toString(readLines("orders-2.csv")[-1]), "\n  fwrite ", toString(readLines("orders-3.csv")[-1]), "\n", sep = "")
  cat("  paste ", toString(paste0("/orders/", orders$id)), "\n  jsonlite ", jsonlite::toJSON(orders$id), "\n", sep = "")
}
show("as read")
orders <- transform(orders, id = id + 1, cents = cents * 1)
show("after a calculation")
options(scipen = 99)
show("with scipen")
R
export R_LIBS=$R_HOME/site-library
r() { "$R_HOME/bin/exec/R" --no-echo --vanilla "$@"; }
r -e 'cat(R.version.string, "and data.table", format(packageVersion("data.table")), "\n")'
r --file=try.R | tee seen
[ "$(cat seen)" = 'as read, integer
  write.csv 99998,52500, 99999,199999, 100000,200000
  fwrite 99998,52500, 99999,199999, 100000,200000
  paste /orders/99998, /orders/99999, /orders/100000
  jsonlite [99998,99999,100000]
after a calculation, numeric
  write.csv 99999,52500, 1e+05,199999, 100001,2e+05
  fwrite 99999,52500, 1e+05,199999, 100001,2e+05
  paste /orders/99999, /orders/1e+05, /orders/100001
  jsonlite [99999,100000,100001]
with scipen, numeric
  write.csv 99999,52500, 100000,199999, 100001,200000
  fwrite 99999,52500, 100000,199999, 100001,200000
  paste /orders/99999, /orders/100000, /orders/100001
  jsonlite [99999,100000,100001]' ]
