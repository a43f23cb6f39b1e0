#!/usr/bin/env bash
# One would guess that `6m` is the same time to the programs of one backup. It is six months to restic and six minutes to rclone,
# where months are a capital M, which restic refuses. A shop that keeps its snapshots with `restic forget --keep-within 6m`, and
# clears an older place with `rclone delete --min-age 6m`, deletes the copies of yesterday there. Both letters are in the manuals,
# each of which is right by itself. systemd's timers have rclone's letters. What helps: days or years in each (`180d`), and
# `--dry-run` before a new age.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq restic=0.14.0-1+b5 rclone=1.60.1+dfsg-2+b5 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export HOME=$folder RESTIC_PASSWORD=secret RESTIC_REPOSITORY=$folder/repository
restic() { usr/bin/restic --quiet "$@"; }
restic init
mkdir copies
ages='1 100 400'
for days in $ages; do
  time=$(date -d "$days days ago" '+%F %T')
  echo "the orders" > "copies/$days-days-ago"
  restic backup --time "$time" --host shop copies
  touch -d "$time" "copies/$days-days-ago"
done

# kept AGE: by restic, of three snapshots
kept() { restic forget --dry-run --keep-within "$1" --json 2> /dev/null | node -p 'JSON.parse(fs.readFileSync(0))[0].keep.length + " of 3 kept"' 2> /dev/null || echo refused; }
# left AGE: by rclone, of three copies
left() {
  cp -a copies there
  usr/bin/rclone delete --quiet --min-age "$1" there
  echo "$(find there -type f | wc -l) of 3 left"
  rm -r there
}
usr/bin/restic version | cut -d ' ' -f 1-2
usr/bin/rclone version | sed -n 1p
for age in 6m 6M 180d; do
  echo "restic --keep-within $age: $(kept "$age"); rclone --min-age $age: $(left "$age")"
done 2> said | tee seen
[ "$(cat seen)" = 'restic --keep-within 6m: 2 of 3 kept; rclone --min-age 6m: 0 of 3 left
restic --keep-within 6M: refused; rclone --min-age 6M: 2 of 3 left
restic --keep-within 180d: 2 of 3 kept; rclone --min-age 180d: 2 of 3 left' ]
