#!/usr/bin/env bash
# One would guess that `swaks --body @order.json` sends the file as it is. In a body, and in a whole message of `--data
# @order.eml`, swaks makes a line break of each backslash with an n, and fills in words of its own between percent signs: JSON
# with a note of two lines isn't JSON any more, a folder C:\new loses its name, and a page about `%TO_ADDRESS%` has the
# address. Who tests what a program does with incoming mail looks for the mistake in that program. The manual has the backslash
# for a text that is given in one line, and no word of files. A file that is attached arrives as it was. What helps: `--attach`,
# or curl, which sends a message as it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq swaks=20201014.0-2 2> /dev/null
dpkg -x swaks_*.deb .
export HOME=$folder

echo '{"note":"green\nor black","folder":"C:\\new","for":"%TO_ADDRESS%"}' > order.json
printf 'Subject: an order\n\n' | cat - order.json > order.eml
# message OPTION…: what swaks would send of the order
message() {
  perl usr/bin/swaks --dump-mail --server 127.0.0.1 --from shop@example.org --to ada@example.org "$@" | tr -d "\r" > mail
  (sed -n '/note/,/}/p' mail; sed -n '/^eyJ/,/^$/p' mail | base64 -d) | sed 's/^/  /'
}
echo "swaks $(perl usr/bin/swaks --version | sed -n '1s/.*version //p')"
{
  echo 'the file:'
  sed 's/^/  /' order.json
  echo '--body @order.json:'
  message --body @order.json
  echo '--data @order.eml:'
  message --data @order.eml
  echo '--attach @order.json:'
  message --attach @order.json
} | tee seen
[ "$(cat seen)" = 'the file:
  {"note":"green\nor black","folder":"C:\\new","for":"%TO_ADDRESS%"}
--body @order.json:
  {"note":"green
  or black","folder":"C:\
  ew","for":"ada@example.org"}
--data @order.eml:
  {"note":"green
  or black","folder":"C:\
  ew","for":"ada@example.org"}
--attach @order.json:
  {"note":"green\nor black","folder":"C:\\new","for":"%TO_ADDRESS%"}' ]
