#!/usr/bin/env bash
# One would guess that a spreadsheet as text has as many amounts as the sheet. In an .ods file, LibreOffice writes equal cells
# that stand side by side once, with the number of them. odt2txt, which is installed as ods2txt for spreadsheets too, and
# odfpy's ODF2XHTML ignore the number: of 5, 5 and 7 in three months there are 5 and 7, as if they were those of January and
# February, and two empty cells are one or none. SheetJS has all of them. A sheet in which no two neighbours are equal looks
# right. What helps: `libreoffice --convert-to csv`, or a library that knows `number-columns-repeated`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq odt2txt=0.5-7 python3-odf=1.4.2-2 python3-defusedxml=0.7.1-2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages LC_ALL=C.UTF-8
npm install --silent --no-audit --no-fund --ignore-scripts xlsx@0.18.5 > /dev/null

# As LibreOffice writes the rows "product, Jan, Feb, Mar", "tea, 5, 5, 7" and "cup, empty, empty, 3".
cat > write.py << 'PY'
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

document = OpenDocumentSpreadsheet()
table = Table(name="sales")
document.spreadsheet.addElement(table)
rows = [("product", 1), ("Jan", 1), ("Feb", 1), ("Mar", 1)], [("tea", 1), (5, 2), (7, 1)], [("cup", 1), (None, 2), (3, 1)]
for cells in rows:
    row = TableRow()
    table.addElement(row)
    for value, times in cells:
        kind = {"valuetype": "float", "value": value} if isinstance(value, int) else {} if value is None else {"valuetype": "string"}
        cell = TableCell(**kind, **({"numbercolumnsrepeated": times} if times > 1 else {}))
        row.addElement(cell)
        if value is not None:
            cell.addElement(P(text=value))
document.save("sales.ods")
PY
cat > show.py << 'PY'
import re

from odf.odf2xhtml import ODF2XHTML

page = ODF2XHTML().odf2xhtml("sales.ods")
for row in re.findall("<tr.*?</tr>", page, re.DOTALL):
    print(",".join(re.sub("<.*?>", "", cell).strip() for cell in re.findall("<td.*?</td>", row, re.DOTALL)))
PY
/usr/bin/python3 write.py
echo "odt2txt $(dpkg-deb -f odt2txt_*.deb Version), odfpy $(dpkg-deb -f python3-odf_*.deb Version), SheetJS 0.18.5"
{
  echo SheetJS
  node -p 'const xlsx = require("xlsx"); xlsx.utils.sheet_to_csv(xlsx.readFile("sales.ods").Sheets.sales).trim()'
  echo odt2txt
  usr/bin/odt2txt.odt2txt --width=-1 sales.ods | tr -s '\n' ' '
  printf '\nodfpy\n'
  /usr/bin/python3 show.py
} | tee seen
[ "$(cat seen)" = 'SheetJS
product,Jan,Feb,Mar
tea,5,5,7
cup,,,3
odt2txt
product Jan Feb Mar tea 5 7 cup 3 
odfpy
product,Jan,Feb,Mar
tea,5,7
cup,,3' ]
