#!/usr/bin/env bash
# One would guess that a book which ebooklib reads and writes, with the buyer's name added to it for example, is the same book
# otherwise. It writes each chapter anew, from its body: the head is empty afterwards, so the chapter has no title, none of its style
# sheets, and no styles of its own, though the files are still in the book. What was hidden or crossed out by a class is shown, and
# a class of the body is gone, too. `item.content` has the chapter as it was. There is no warning, and the book opens. What helps:
# to change the files in the archive, and leave the others as they are, or `item.get_content = lambda: item.content` for each chapter.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-ebooklib=0.18-2 python3-lxml=4.9.2-1+deb12u1 python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=usr/lib/python3/dist-packages

cat > stamp.py << 'PY'
import re
import sys
import zipfile

from ebooklib import ITEM_DOCUMENT, epub

CHAPTER = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Prices</title><link rel="stylesheet" href="book.css"/>
<style>.old { text-decoration: line-through }</style></head>
<body class="two-columns"><p>Tea <span class="old">9.99</span> 5.25</p></body></html>"""
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">book-1</dc:identifier><dc:title>Tea</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2026-11-01T00:00:00Z</meta></metadata><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="book.css" media-type="text/css"/><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>
<spine><itemref idref="c"/></spine></package>"""
CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Contents</title></head>
<body><nav epub:type="toc"><ol><li><a href="c.xhtml">Prices</a></li></ol></nav></body></html>"""

with zipfile.ZipFile("book.epub", "w") as book:
    book.writestr("mimetype", "application/epub+zip")
    book.writestr("META-INF/container.xml", CONTAINER)
    for name, text in [("package.opf", PACKAGE), ("nav.xhtml", NAV), ("c.xhtml", CHAPTER), ("book.css", "p { margin: 0 }")]:
        book.writestr(f"book/{name}", text)


def stamp(name, keep):
    book = epub.read_epub("book.epub", {"ignore_ncx": True})
    book.add_metadata("DC", "rights", "Sold to Ann")
    for item in book.get_items_of_type(ITEM_DOCUMENT):
        if keep and isinstance(item, epub.EpubHtml) and not isinstance(item, epub.EpubNav):
            item.get_content = lambda item=item: item.content
    epub.write_epub(name, book)


stamp("stamped.epub", False)
stamp("kept.epub", True)
for name in ["book.epub", "stamped.epub", "kept.epub"]:
    with zipfile.ZipFile(name) as book:
        path = next(path for path in book.namelist() if path.endswith("/c.xhtml"))
        chapter = re.sub(r"\s+", " ", book.read(path).decode())
        print(f"{name}: <head{chapter.split('<head')[1].split('</body>')[0]}")
PY
echo "$(/usr/bin/python3 --version), ebooklib 0.18"
/usr/bin/python3 stamp.py 2> /dev/null | tee seen
[ "$(cat seen)" = 'book.epub: <head><title>Prices</title><link rel="stylesheet" href="book.css"/> <style>.old { text-decoration: line-through }</style></head> <body class="two-columns"><p>Tea <span class="old">9.99</span> 5.25</p>
stamped.epub: <head/> <body> <p>Tea <span class="old">9.99</span> 5.25</p> 
kept.epub: <head><title>Prices</title><link rel="stylesheet" href="book.css"/> <style>.old { text-decoration: line-through }</style></head> <body class="two-columns"><p>Tea <span class="old">9.99</span> 5.25</p>' ]
