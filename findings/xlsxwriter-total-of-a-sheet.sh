#!/usr/bin/env bash
# One would guess that a cell with a formula has its value, or none until somebody calculates it. In a file, a formula stands
# beside its last value. Python's XlsxWriter doesn't calculate, and writes 0 as the value of each formula. Excel calculates
# when it opens the file, so nobody sees it there. Programs that read values take the 0: openpyxl with `data_only` and SheetJS
# find a total of 0 below 5.25 and 7.00. From a file of openpyxl itself, which leaves the value out, they get nothing, which
# one notices. The manual has a paragraph on it. What helps: `write_formula(cell, formula, format, value)` with the value, or
# sums as numbers where a program reads them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-xlsxwriter=3.0.2-2 python3-openpyxl=3.0.9-1 python3-et-xmlfile=1.0.1-2.1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund --ignore-scripts xlsx@0.18.5 > /dev/null

cat > write.py << 'PY'
import openpyxl
import xlsxwriter

rows = [("tea", 5.25), ("cup", 7)]
for name, value in ("XlsxWriter", 0), ("XlsxWriter with a value", 12.25):
    with xlsxwriter.Workbook(f"{name}.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_formula("B3", "=SUM(B1:B2)", None, *([value] if value else []))
book = openpyxl.Workbook()
for row in rows:
    book.active.append(row)
book.active["B3"] = "=SUM(B1:B2)"
book.save("openpyxl.xlsx")
print("XlsxWriter", xlsxwriter.__version__, "openpyxl", openpyxl.__version__)
PY
cat > read.py << 'PY'
import sys

import openpyxl

print("  openpyxl", openpyxl.load_workbook(sys.argv[1], data_only=True).active["B3"].value)
PY
/usr/bin/python3 write.py
for file in XlsxWriter 'XlsxWriter with a value' openpyxl; do
  echo "written by $file"
  /usr/bin/python3 read.py "$file.xlsx"
  node -e 'const xlsx = require("xlsx"); console.log("  SheetJS", Object.values(xlsx.readFile(process.argv[1]).Sheets)[0].B3?.v)' "$file.xlsx"
done | tee seen
[ "$(cat seen)" = 'written by XlsxWriter
  openpyxl 0
  SheetJS 0
written by XlsxWriter with a value
  openpyxl 12.25
  SheetJS 12.25
written by openpyxl
  openpyxl None
  SheetJS undefined' ]
