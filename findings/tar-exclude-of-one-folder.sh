#!/usr/bin/env bash
# One would guess that a pattern of what a backup leaves out, such as `data/*.db` for a live database of which there is a copy
# elsewhere, means the same to the usual programs. For restic, rclone and rsync an asterisk ends at a slash, so the copy in
# `data/copies/` is in the backup. For GNU tar and borg it doesn't, so every database below `data` is left out, the copies too, and
# nothing is said (borg has to be told `*/data/*.db`, as its patterns are of the whole path). Both manuals say so, but it is noticed
# on the day of the restore. What helps: `--no-wildcards-match-slash` for tar, before the pattern, `sh:` in front of it for borg,
# and a look at what is in the archive.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq restic=0.14.0-1+b5 rclone=1.60.1+dfsg-2+b5 borgbackup=1.2.4-1 python3-msgpack=1.0.3-2+b1 python3-packaging=23.0-1 \
  rsync=3.5.0+ds1-0+deb12u1 libpopt0=1.19+dfsg-1 libxxhash0=0.8.1-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu HOME=$folder RESTIC_PASSWORD=secret RESTIC_REPOSITORY=$folder/restic
export BORG_BASE_DIR=$folder/base BORG_REPO=$folder/borg PYTHONPATH=usr/lib/python3/dist-packages
borg() { /usr/bin/python3 usr/bin/borg "$@"; }
usr/bin/restic --quiet init
borg init --encryption=none
mkdir -p shop/data/copies
echo 1 > shop/data/live.db
echo 2 > shop/data/copies/sunday.db
echo 3 > shop/data/orders.csv

# files OF PROGRAM: the names of the files that it would keep
files() { echo "$1: $(grep -E '[.](db|csv)' | sed 's|.*/||; s/"//g' | sort | paste -sd ' ')"; }
pattern='data/*.db'
echo "restic 0.14.0, rclone 1.60.1, rsync 3.5.0, borg 1.2.4, $(tar --version | sed -n 1p)"
{
  usr/bin/restic --quiet backup --exclude "$pattern" shop
  usr/bin/restic --quiet ls latest | files restic
  usr/bin/rclone lsf --quiet --recursive --exclude "$pattern" shop | files rclone
  usr/bin/rsync --recursive --dry-run --out-format=%n --exclude "$pattern" shop/ there/ | files rsync
  tar -cf shop.tar --exclude "$pattern" shop
  tar -tf shop.tar | files tar
  tar -cf shop.tar --no-wildcards-match-slash --exclude "$pattern" shop
  tar -tf shop.tar | files 'tar --no-wildcards-match-slash'
  borg create --exclude "*/$pattern" ::fm shop
  borg list --short ::fm | files borg
  borg create --exclude "sh:**/$pattern" ::sh shop
  borg list --short ::sh | files 'borg with sh'
} | tee seen
[ "$(cat seen)" = 'restic: orders.csv sunday.db
rclone: orders.csv sunday.db
rsync: orders.csv sunday.db
tar: orders.csv
tar --no-wildcards-match-slash: orders.csv sunday.db
borg: orders.csv
borg with sh: orders.csv sunday.db' ]
