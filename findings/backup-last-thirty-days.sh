#!/usr/bin/env bash
# One would guess that `--keep-within 30d` keeps the backups of the last 30 days, in restic as in BorgBackup. restic counts from the newest
# snapshot: if backups stopped in February, those of February are there in December, however often `forget` runs, and
# buyers' data that was to go after 30 days stays. BorgBackup counts from today: after a month in which no backup
# succeeded, the next `prune` deletes all archives, the last one included, and ends with 0. A script that is moved from
# one to the other does the wrong thing. What helps: `--keep-last 1` in addition for BorgBackup, for restic a deletion by date where data
# has to go, and an alarm for the age of the newest backup.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq restic=0.14.0-1+b5 borgbackup=1.2.4-1 python3-msgpack=1.0.3-2+b1 python3-packaging=23.0-1 \
  python3-pkg-resources=66.1.1-1+deb12u2 libxxhash0=0.8.1-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export HOME=$folder RESTIC_PASSWORD=secret RESTIC_REPOSITORY=$folder/restic BORG_REPO=$folder/borg
export BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes
restic() { usr/bin/restic --quiet "$@"; }
borg() { LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 -m borg "$@"; }

# The newest backup is older than 30 days when this runs.
mkdir orders
restic init
borg init --encryption none
for day in 2026-01-01 2026-01-20 2026-02-10; do
  echo "$day" > orders/today
  restic backup --time "$day 12:00:00" orders
  borg create --timestamp "${day}T12:00:00" "::$day" orders
done
in_restic() { restic snapshots --json | node -p 'JSON.parse(fs.readFileSync(0)).map(({ time }) => time.slice(0, 10)).join(" ") || "none"'; }
in_borg() { echo "$(borg list --short)" | paste -sd ' ' | sed 's/^$/none/'; }
echo "$(usr/bin/restic version | cut -d ' ' -f 1-2), $(borg --version)"
{
  restic forget --keep-within 30d > log && echo "restic --keep-within 30d: ended with $?, $(in_restic)"
  borg prune --dry-run --list --keep-within 30d --keep-last 1 2>&1 | grep -c Would | sed 's/^/borg --keep-within 30d --keep-last 1: would delete /'
  borg prune --keep-within 30d && echo "borg --keep-within 30d: ended with $?, $(in_borg)"
} | tee seen
[ "$(cat seen)" = 'restic --keep-within 30d: ended with 0, 2026-01-20 2026-02-10
borg --keep-within 30d --keep-last 1: would delete 2
borg --keep-within 30d: ended with 0, none' ]
