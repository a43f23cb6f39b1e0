#!/usr/bin/env bash
# One would guess that `rsync -a --files-from=list` copies a folder that is in the list, as `rsync -a` copies folders with all
# that is in them. With a list, `-a` no longer means `-r`: the folder is made at the other end, and nothing is in it. With a
# slash behind its name, the files in it are copied, and its folders are empty. The exit code is 0, and a look at the backup
# finds all names of the list. The manual has it in a line of `--files-from` and another of `-a`. `tar --files-from` takes the
# whole folder. What helps: `-r` beside `-a`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq rsync=3.5.0+ds1-0+deb12u1 libxxhash0=0.8.1-1 libpopt0=1.19+dfsg-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PATH=$folder/usr/bin:$PATH LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu LC_ALL=C

mkdir -p shop/books/tea shop/orders/2026
touch shop/books/tea/tea.pdf shop/books/cups.pdf shop/orders/2026/november.csv shop/orders/open.csv shop/shop.db
printf '%s\n' books orders/ shop.db > list
tarred() { tar -C shop --files-from=list -c | tar -C backup -x; }
# copied COMMAND…: the files that arrive in the backup
copied() {
  mkdir backup
  "$@" || echo "exit code $?"
  echo "$*: $(cd backup && find . -type f | sort | cut -c 3- | paste -sd ' ')"
  rm -r backup
}
rsync --version | sed -n '1s/ protocol.*//p'
{
  copied rsync -a --files-from=list shop backup
  copied rsync -a -r --files-from=list shop backup
  copied tarred
} | tee seen
[ "$(cat seen)" = 'rsync -a --files-from=list shop backup: orders/open.csv shop.db
rsync -a -r --files-from=list shop backup: books/cups.pdf books/tea/tea.pdf orders/2026/november.csv orders/open.csv shop.db
tarred: books/cups.pdf books/tea/tea.pdf orders/2026/november.csv orders/open.csv shop.db' ]
