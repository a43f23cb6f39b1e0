#!/usr/bin/env bash
# One would guess that `""` in a CSV file is an empty field. To Tcl's csv package, it is a field with one quotation mark.
# Programs that put each field in quotes write it for each order without a note, such as Python with QUOTE_ALL. So each such
# note is a quotation mark, a test for an empty one doesn't hold, and a coupon that nobody used is `"`. The package itself
# writes an empty field without quotes, and reads that as empty. Its manual says it among the details of its syntax. What
# helps: the option `-alternate`, with which `""` is empty.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq tcllib=1.21+dfsg-1 tcl8.6=8.6.13+dfsg-2 libtcl8.6=8.6.13+dfsg-2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

cat > write.py << 'PY'
import csv
import sys

rows = [["order", "coupon", "note"], ["A7", "", "no sugar"], ["A8", "TEA5", 'The "old" tea'], ["A9", "", "as before"]]
csv.writer(sys.stdout, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
PY
cat > read.tcl << 'TCL'
package require csv
puts "csv [package present csv] of Tcl $tcl_version"
set seen [open seen w]
foreach line [split [string trim [read stdin]] \n] {
  puts $seen $line
  puts $seen "  default: [join [::csv::split $line] { | }]"
  puts $seen "  -alternate: [join [::csv::split -alternate $line] { | }]"
}
puts $seen "written: [::csv::join {A7 {} {}}]"
close $seen
TCL
export TCL_LIBRARY=$folder/usr/share/tcltk/tcl8.6 TCLLIBPATH=$folder/usr/share/tcltk/tcllib1.21 LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu
/usr/bin/python3 write.py | usr/bin/tclsh8.6 read.tcl
cat seen
[ "$(cat seen)" = '"order","coupon","note"
  default: order | coupon | note
  -alternate: order | coupon | note
"A7","","no sugar"
  default: A7 | " | no sugar
  -alternate: A7 |  | no sugar
"A8","TEA5","The ""old"" tea"
  default: A8 | TEA5 | The "old" tea
  -alternate: A8 | TEA5 | The "old" tea
"A9","","as before"
  default: A9 | " | as before
  -alternate: A9 |  | as before
written: A7,,' ]
