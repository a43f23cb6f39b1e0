#!/usr/bin/env bash
# One would guess that a font which was cut down to the characters of a page shows these as before. pyftsubset keeps the
# features that every text needs, and drops those that a style sheet has to ask for, such as `tnum`: after that,
# `font-variant-numeric: tabular-nums` does nothing, and the prices of a list, which stood one below the other, don't any more.
# No tool reports it, since the digits are there, and a page with the whole font is right. harfbuzz's hb-subset does the same.
# What helps: `--layout-features+=tnum`, or `--layout-features='*'`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-fonttools=4.38.0-1+deb12u1 fonts-inter=4.0~beta7+ds-1 libharfbuzz-bin=6.0.0+dfsg-3 \
  libharfbuzz0b=6.0.0+dfsg-3 libharfbuzz-subset0=6.0.0+dfsg-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu PYTHONPATH=usr/lib/python3/dist-packages
inter=$(find usr/share/fonts -name Inter-Regular.otf)

subset() { /usr/bin/python3 -m fontTools.subset "$inter" --text='0123456789.,$€' "$@"; }
subset --output-file=subset.otf
subset --output-file=with-tnum.otf --layout-features+=tnum
usr/bin/hb-subset --output-file=hb-subset.otf --text='0123456789.,$€' "$inter"
echo "fonttools 4.38.0, $(usr/bin/hb-shape --version | head -n 1), Inter 4.0 beta 7"
for font in "$inter" subset.otf hb-subset.otf with-tnum.otf; do
  widths=$(for digit in 1 8; do usr/bin/hb-shape --no-glyph-names --no-clusters --features=tnum "$font" "$digit"; done)
  echo "$(basename "$font"): 1 and 8 are $(sed 's/.*+\(.*\)\]/\1/' <<< "$widths" | paste -s -d ' ') wide"
done | tee seen
[ "$(cat seen)" = 'Inter-Regular.otf: 1 and 8 are 1824 1824 wide
subset.otf: 1 and 8 are 1308 1736 wide
hb-subset.otf: 1 and 8 are 1308 1736 wide
with-tnum.otf: 1 and 8 are 1824 1824 wide' ]
