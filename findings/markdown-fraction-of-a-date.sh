#!/usr/bin/env bash
# One would guess that a program which makes HTML of Markdown leaves digits as they are, or at least dates. discount and lowdown replace
# 1/2, 1/4 and 3/4 with the signs for these fractions, by default. Both look at what is around, and `11/2` stays, but a slash behind it
# is fine to them: January 2 of 2026, `1/2/2026`, is ½/2026, March 4 is ¾/2026, and February 2 is as it was. To discount, `2026/1/2`
# ends with ½ as well. Others replace quotation marks and dashes, if they are told to, and leave fractions alone. What helps: dates
# like 2026-01-02, `-f nopants` for discount, and `--out-no-smarty` for lowdown.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq discount=2.2.7-2 libmarkdown2=2.2.7-2 lowdown=1.0.0-2 cmark=0.30.2-6 libcmark0.30.2=0.30.2-6 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

echo 'discount 2.2.7, lowdown 1.0.0, cmark 0.30.2'
for text in '1/2 a cup' '1/2/2026' '3/4/2026' '2/2/2026' '11/2/2026' '2026/1/2'; do
  echo "$text: discount $(usr/bin/markdown <<< "$text"), lowdown $(usr/bin/lowdown <<< "$text"), cmark --smart $(
    usr/bin/cmark --smart <<< "$text")"
done | tee seen
echo "1/2/2026: discount -f nopants $(usr/bin/markdown -f nopants <<< 1/2/2026), lowdown --out-no-smarty $(
  usr/bin/lowdown --out-no-smarty <<< 1/2/2026)" | tee -a seen
[ "$(cat seen)" = '1/2 a cup: discount <p>&frac12; a cup</p>, lowdown <p>&#189; a cup</p>, cmark --smart <p>1/2 a cup</p>
1/2/2026: discount <p>&frac12;/2026</p>, lowdown <p>&#189;&#47;2026</p>, cmark --smart <p>1/2/2026</p>
3/4/2026: discount <p>&frac34;/2026</p>, lowdown <p>&#190;&#47;2026</p>, cmark --smart <p>3/4/2026</p>
2/2/2026: discount <p>2/2/2026</p>, lowdown <p>2&#47;2&#47;2026</p>, cmark --smart <p>2/2/2026</p>
11/2/2026: discount <p>11/2/2026</p>, lowdown <p>11&#47;2&#47;2026</p>, cmark --smart <p>11/2/2026</p>
2026/1/2: discount <p>2026/&frac12;</p>, lowdown <p>2026&#47;1&#47;2</p>, cmark --smart <p>2026/1/2</p>
1/2/2026: discount -f nopants <p>1/2/2026</p>, lowdown --out-no-smarty <p>1&#47;2&#47;2026</p>' ]
