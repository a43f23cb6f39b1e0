#!/usr/bin/env bash
# One would guess that a book that is made twice of the same files is the same book. pandoc gives each EPUB a new random identifier, which
# readers and shops use to tell books apart: a reader who gets a corrected file has a second book on the shelf, with none of the bookmarks
# and notes of the first. And the language of a book is that of the machine that made it: `en-US` at a desk, `C` in a container, which is
# no language, even if the book is in German, so hyphens and the voice that reads aloud are wrong. Both are documented, as defaults. What
# helps: `identifier:` and `lang:` in the metadata of the book.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq pandoc=2.17.1.1-2~deb12u1 pandoc-data=2.17.1.1-2~deb12u1 liblua5.3-0=5.3.6-2 libyaml-0-2=0.2.5-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
pandoc() { usr/bin/pandoc --data-dir=usr/share/pandoc/data "$@"; }
field() {
  /usr/bin/python3 -c "import zipfile; print(zipfile.ZipFile('$1').read('EPUB/content.opf').decode())" \
    | sed -n "s/.*<dc:$2[^>]*>\(.*\)<.*/\1/p"
}

printf '%% Tee\n%% Anna\n\n# Grüner Tee\n\nEr ist grün.\n' > book.md
LANG=C.UTF-8 pandoc --from markdown book.md --output first.epub
LANG=en_US.UTF-8 pandoc --from markdown book.md --output second.epub
for name in third fourth; do
  LANG=C.UTF-8 pandoc --from markdown --metadata identifier=urn:isbn:9780000000002 --metadata lang=de book.md --output $name.epub
done
pandoc --version | head -n 1
{
  echo "the same identifier: $([ "$(field first.epub identifier)" = "$(field second.epub identifier)" ] && echo yes || echo no)"
  echo "language: $(field first.epub language), $(field second.epub language)"
  echo "with both in the metadata: $(field third.epub identifier), $(field fourth.epub identifier), $(field third.epub language)"
} | tee seen
[ "$(cat seen)" = 'the same identifier: no
language: C, en-US
with both in the metadata: urn:isbn:9780000000002, urn:isbn:9780000000002, de' ]
