#!/usr/bin/env bash
# One would guess that a sheet which is converted to CSV has its cells as they are shown, as LibreOffice's dialog for it proposes, or
# else its days in one neutral form. `soffice --convert-to csv` does neither. It leaves out the format of a cell: a day that is shown
# as 01.11.2026 is 11/01/2026 in the file, January 11 to most of the world, and so is a month; one that is shown as 2026-11-01 stays
# as it is, in the same column. A share that is shown as 20% is 19.5%, a code that is shown as 00123 is 123, and a price of 5.2549
# that is shown as 5.25 has four decimals. What helps is to name the filter's options, of which the eighth is to save cells as they
# are shown: --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true'.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# The package of Debian 12 is 1:7.4.7-1+deb12u… and is too large to be installed for this only.
version=$(soffice --version 2> /dev/null) || { echo 'Install LibreOffice first: apt-get install libreoffice-calc-nogui'; exit 1; }
npm install --silent --no-audit --no-fund exceljs@4.4.0 > /dev/null

cat > try.cjs << 'JS'
const ExcelJS = require('exceljs')
const book = new ExcelJS.Workbook()
const sheet = book.addWorksheet('sales')
const cells = [
  [new Date('2026-11-01'), 'dd.mm.yyyy'],
  [new Date('2026-11-01'), 'yyyy-mm-dd'],
  [new Date('2026-11-01'), 'mmm yyyy'],
  [0.195, '0%'],
  [123, '00000'],
  [5.2549, '0.00'],
  [-5.25, '0.00;(0.00)'],
]
cells.forEach(([value, numFmt], at) => Object.assign(sheet.getCell(at + 1, 1), { value, numFmt }))
book.xlsx.writeFile('sales.xlsx')
JS
node try.cjs
convert() {
  # HOME is where LibreOffice writes its profile.
  LC_ALL=$1 HOME="$folder" soffice --headless --convert-to "$2" sales.xlsx > /dev/null 2>&1
  paste -sd '|' sales.csv
}
seen=$(
  echo "without options: $(convert C.UTF-8 csv)"
  echo "as shown: $(convert C.UTF-8 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true')"
)
echo "$version"
echo "$seen"
[ "$seen" = 'without options: 11/01/2026|2026-11-01|11/01/2026|19.5%|123|5.2549|-5.25
as shown: 01.11.2026|2026-11-01|Nov 2026|20%|00123|5.25|(5.25)' ]
