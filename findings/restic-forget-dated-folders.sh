#!/usr/bin/env bash
# One would guess that `restic forget --keep-last 2` keeps the last two snapshots. It keeps the last two of each group, and a group is
# a host and the paths that were given. Where each backup has its date in its name, each snapshot has a path of its own, and so a
# group of its own: nothing is ever forgotten, and the repository grows. A container that has another host name each time it is
# made anew has the same result. What helps: give restic the folder that holds the dated ones, and a fixed `--host`; for
# snapshots that are there already, `forget --group-by tags` or another grouping that has only one group.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq restic=0.14.0-1+b5 2> /dev/null
dpkg -x restic_*.deb .
export HOME=$folder RESTIC_PASSWORD=secret RESTIC_REPOSITORY=$folder/repository
restic() { usr/bin/restic --quiet "$@"; }
restic init

# back_up TAG PATH HOST
back_up() { restic backup --tag "$1" --host "$3" "$2"; }
for day in 1 2 3 4; do
  mkdir -p "backups/2026-11-0$day"
  echo "the orders of $day days" > "backups/2026-11-0$day/orders"
  back_up folder backups shop
  back_up dated "backups/2026-11-0$day" shop
  back_up hosts backups "container-$day"
done

# forget TAG OPTION…: how many of the four snapshots are left
forget() {
  restic forget --keep-last 2 --tag "$@" > /dev/null
  restic snapshots --json --tag "$1" | node -p 'JSON.parse(fs.readFileSync(0)).length'
}
seen="the folder above them: $(forget folder) are left
dated folders: $(forget dated) are left; with --group-by tags: $(forget dated --group-by tags)
another host each time: $(forget hosts) are left; with --group-by paths: $(forget hosts --group-by paths)"
usr/bin/restic version | cut -d ' ' -f 1-2
echo "$seen"
[ "$seen" = 'the folder above them: 2 are left
dated folders: 4 are left; with --group-by tags: 2
another host each time: 4 are left; with --group-by paths: 2' ]
