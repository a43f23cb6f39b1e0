#!/usr/bin/env bash
# One would guess that the authors of a book are the same, in the same order, in each format in which a shop or a library passes
# them on. RIS has a line for each of them, and two writers of it change them. citation-js leaves out what stands before a
# family name: van der Berg is Berg, and is found under B, though the BibTeX that it writes has all of it. xml2ris of bibutils
# has the whole name, but puts people first and companies last, so the book begins with another author, by whom it is cited and
# sorted. Its bibliography for Word has the translator among the authors. Nothing is reported, and titles and years are right.
# What helps: BibTeX between programs, and RIS that is read once more before it is sent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq bibutils=7.2-2 libbibutils8=7.2-2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu LC_ALL=C.UTF-8
npm install --silent --no-audit --no-fund --ignore-scripts @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2 \
  @citation-js/plugin-ris@0.8.2 > /dev/null

cat > book.bib << 'BIB'
@book{tea,
  title = {All of Tea},
  author = {{Tea and Cups Ltd} and van der Berg, Jan and Lee, Ann},
  translator = {Mo, Kim},
  year = {2026}
}
BIB
cat > try.cjs << 'JS'
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-bibtex')
require('@citation-js/plugin-ris')
process.stdout.write(new Cite(require('fs').readFileSync('book.bib', 'utf8')).format(process.argv[2]))
JS
authors() { sed -n 's/^AU  - //p' | paste -sd ';' | sed 's/;/; /g'; }
echo "citation-js $(node -p "JSON.parse(fs.readFileSync('node_modules/@citation-js/core/package.json')).version"), bibutils 7.2"
usr/bin/bib2xml book.bib > book.xml 2> /dev/null
{
  echo "citation-js, BibTeX: $(node try.cjs bibtex | sed -n 's/.*author = {\(.*\)},/\1/p')"
  echo "citation-js, RIS: $(node try.cjs ris | authors)"
  echo "bibutils, BibTeX: $(usr/bin/xml2bib book.xml 2> /dev/null | tr '\n' ' ' | sed 's/.*author="\([^"]*\)".*/\1/')"
  echo "bibutils, RIS: $(usr/bin/xml2ris book.xml 2> /dev/null | authors)"
  echo "bibutils, Word: $(usr/bin/xml2wordbib book.xml 2> /dev/null | sed -n 's|.*<b:Last>\([^<]*\)<.*|\1|p' | paste -sd ';' | sed 's/;/; /g')"
} | tee seen
[ "$(cat seen)" = 'citation-js, BibTeX: {Tea and Cups Ltd} and van der Berg, Jan and Lee, Ann
citation-js, RIS: Tea and Cups Ltd; Berg, Jan; Lee, Ann
bibutils, BibTeX: {Tea and Cups Ltd} and van der Berg, Jan and Lee, Ann
bibutils, RIS: van der Berg, Jan; Lee, Ann; Tea and Cups Ltd
bibutils, Word: Tea and Cups Ltd; van der Berg; Lee; Mo' ]
