#!/usr/bin/env bash
# One would guess that a difference of two times has a fixed unit. In R, `delivered - paid` takes the largest unit that fits
# the shortest difference: orders that took two and three days are 2 and 3, and with one beside them that took half an hour,
# they are 2,880 and 4,320. Printed, the unit is named, but as.numeric, a CSV file and a comparison with a number know none. So
# `delivered - paid > 14` finds the late orders of one week and all orders of another, and a mean of each month mixes minutes
# with days, because of a single order. What helps: `difftime(delivered, paid, units = "days")`.
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

cat > try.R << 'R'
show <- function(what, days) {
  paid <- as.POSIXct("2026-11-01 09:00:00")
  sales <- data.frame(paid = paid, delivered = paid + days * 86400)
  took <- sales$delivered - sales$paid
  fixed <- difftime(sales$delivered, sales$paid, units = "days")
  cat(what, ": ", toString(as.numeric(took)), ", mean ", mean(as.numeric(took)), ", later than 14: ", sum(took > 14), "\n", sep = "")
  cat("  in days: ", toString(round(as.numeric(fixed), 2)), ", later than 14: ", sum(fixed > 14), "\n", sep = "")
  write.csv(cbind(sales, took)[1, ], stdout(), row.names = FALSE, quote = FALSE)
}
show("two orders", c(2, 3))
show("with a quick one", c(2, 3, 1 / 48))
R
r() { "$R_HOME/bin/exec/R" --no-echo --vanilla "$@"; }
r -e 'cat(R.version.string, "\n")'
r --file=try.R | tee seen
[ "$(cat seen)" = 'two orders: 2, 3, mean 2.5, later than 14: 0
  in days: 2, 3, later than 14: 0
paid,delivered,took
2026-11-01 09:00:00,2026-11-03 09:00:00,2
with a quick one: 2880, 4320, 30, mean 2410, later than 14: 3
  in days: 2, 3, 0.02, later than 14: 0
paid,delivered,took
2026-11-01 09:00:00,2026-11-03 09:00:00,2880' ]
