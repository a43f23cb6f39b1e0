#!/usr/bin/env bash
# One would guess that `rotate 2` instead of `rotate 5` leaves two old logs, and deletes the other three. logrotate deletes one file at
# most, the one whose number has just become too high: the third. Nothing counts up the fourth and the fifth any more, so they stay for
# good, and a log that was to be kept for days, such as one with buyers' addresses, is there for years. `compress`, switched on
# later, leaves files behind as well, since they have other names. logrotate ends with 0 and doesn't mention them. What helps: to
# delete them by hand once, or `dateext`, with which all dated files but the newest are deleted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq logrotate=3.21.0-1 libpopt0=1.19+dfsg-1 libacl1=2.3.1-3 libselinux1=3.4-1+b6 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu:$folder/lib/x86_64-linux-gnu

mkdir logs
# rotate TIMES OPTIONS…: writes and rotates that many logs, and lists what is there
day=0
rotate() {
  printf '%s {\n' "$folder/logs/shop.log" > configuration
  printf '  %s\n' "${@:2}" '}' >> configuration
  for ((n = 0; n < $1; n += 1)); do
    day=$((day + 1))
    echo "day $day" > logs/shop.log
    usr/sbin/logrotate --force --state state configuration
  done
  echo "${*:2}: ended with $?, $(cd logs && for file in shop.log.*; do case $file in *.gz) echo "${file#shop.log} $(zcat "$file")" ;; *) echo "${file#shop.log} $(cat "$file")" ;; esac; done | paste -sd ',')"
}
usr/sbin/logrotate --version 2> version
head -n 1 version
{
  rotate 6 'rotate 5'
  rotate 6 'rotate 2'
  rotate 4 'rotate 2' compress
} | tee seen
[ "$(cat seen)" = 'rotate 5: ended with 0, .1 day 6,.2 day 5,.3 day 4,.4 day 3,.5 day 2
rotate 2: ended with 0, .1 day 12,.2 day 11,.4 day 3,.5 day 2
rotate 2 compress: ended with 0, .1.gz day 16,.2 day 11,.2.gz day 15,.4 day 3,.5 day 2' ]
