#!/usr/bin/env bash
# One would guess that a list of files which `find` has written, given to a backup, is what is in the backup. restic's
# `--files-from` reads each line as a pattern, in which brackets are a choice of letters, so `Invoice [1].pdf`, the name that a
# browser gives to a second download, matches nothing: a line on stderr, the file is not in the snapshot, and the exit code is 0.
# `restore --include` with that name restores nothing, says nothing, and ends with 0 as well. GNU tar takes the names of such a
# list, and of what it is to extract, as they are. Buyers' downloads and scanned receipts have such names. What helps:
# `--files-from-verbatim`, and `[[]1]` in a pattern.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq restic=0.14.0-1+b5 2> /dev/null
dpkg -x restic_*.deb .
export HOME=$folder RESTIC_PASSWORD=secret RESTIC_REPOSITORY=$folder/repository
restic() { usr/bin/restic --quiet "$@" 2>> said; }
restic init

mkdir papers
echo 1 > 'papers/Invoice [1].pdf'
echo 2 > papers/Receipt.pdf
find papers -type f | sort > list
files() { sed 's|.*/||' | grep pdf | sort | paste -sd ','; }

# back_up OPTION: what is in the snapshot
back_up() {
  restic backup --tag "$1" "$1" list && echo "$1: exit code $?, $(restic ls --json latest --tag "$1" | node -e '
    for (const line of fs.readFileSync(0, "utf8").trim().split("\n").map(JSON.parse)) console.log(line.name)' | files)"
}
# restore NAME: what is restored
restore() {
  restic restore latest --tag --files-from-verbatim --include "$1" --target out && echo "restore $1: exit code $?, $(find out -type f | files || true)"
  rm -rf out
}
usr/bin/restic version | cut -d ' ' -f 1-2
{
  back_up --files-from
  back_up --files-from-verbatim
  restore Receipt.pdf
  mkdir out
  restore 'Invoice [1].pdf'
  restore 'Invoice [[]1].pdf'
  tar -cf papers.tar --files-from list && echo "tar: exit code $?, $(tar -tf papers.tar | files)"
  echo "tar, one file: $(tar -xOf papers.tar 'papers/Invoice [1].pdf')"
} | tee seen
cat said
[ "$(cat seen)" = '--files-from: exit code 0, Receipt.pdf
--files-from-verbatim: exit code 0, Invoice [1].pdf,Receipt.pdf
restore Receipt.pdf: exit code 0, Receipt.pdf
restore Invoice [1].pdf: exit code 0, 
restore Invoice [[]1].pdf: exit code 0, Invoice [1].pdf
tar: exit code 0, Invoice [1].pdf,Receipt.pdf
tar, one file: 1' ]
