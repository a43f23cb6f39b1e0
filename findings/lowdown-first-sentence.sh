#!/usr/bin/env bash
# One would guess that a page which begins with a sentence shows it. lowdown reads metadata by default, without a line of dashes around
# them: if the first line has a colon, as in `Note: we are on holiday.`, all of the first paragraph is metadata, and the page doesn't
# have it. A comma and other words before the colon don't change that, and nothing is said. With a heading or other text before it,
# the same line is shown. MultiMarkdown began this, and python-markdown does it with an extension, but to those who only write a text
# it is little known. What helps: a heading first, or `--parse-no-metadata`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq lowdown=1.0.0-2 cmark=0.30.2-6 libcmark0.30.2=0.30.2-6 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

try() {
  printf '%b\n' "$1" > page.md
  echo "$1"
  echo "  cmark: $(usr/bin/cmark page.md | tr '\n' ' ')"
  echo "  lowdown: $(usr/bin/lowdown page.md | tr '\n' ' ')"
}
echo 'lowdown 1.0.0, cmark 0.30.2'
{
  try 'Note: we are on holiday.\n\nOrders are sent on Monday.'
  try 'Price today: 5.00\nPrice tomorrow: 6.00\n\nBuy now.'
  try 'Dear reader, please note: we are on holiday.\n\nOrders are sent on Monday.'
  try '# Tea\n\nNote: we are on holiday.'
  echo "  lowdown --parse-no-metadata: $(printf 'Note: we are on holiday.\n' | usr/bin/lowdown --parse-no-metadata | tr '\n' ' ')"
} | tee seen
[ "$(cat seen)" = 'Note: we are on holiday.\n\nOrders are sent on Monday.
  cmark: <p>Note: we are on holiday.</p> <p>Orders are sent on Monday.</p> 
  lowdown: <p>Orders are sent on Monday.</p> 
Price today: 5.00\nPrice tomorrow: 6.00\n\nBuy now.
  cmark: <p>Price today: 5.00 Price tomorrow: 6.00</p> <p>Buy now.</p> 
  lowdown: <p>Buy now.</p> 
Dear reader, please note: we are on holiday.\n\nOrders are sent on Monday.
  cmark: <p>Dear reader, please note: we are on holiday.</p> <p>Orders are sent on Monday.</p> 
  lowdown: <p>Orders are sent on Monday.</p> 
# Tea\n\nNote: we are on holiday.
  cmark: <h1>Tea</h1> <p>Note: we are on holiday.</p> 
  lowdown: <h1 id="tea">Tea</h1>  <p>Note: we are on holiday.</p> 
  lowdown --parse-no-metadata: <p>Note: we are on holiday.</p> ' ]
