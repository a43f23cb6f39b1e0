#!/usr/bin/env bash
# One would guess that a library which puts one more file into an archive leaves the others as they are. In an EPUB, `mimetype` must
# be the first file, and not compressed: that is how programs know that it is a book. adm-zip sorts what it writes by name, so
# META-INF and whatever comes before m is first, and compresses, and the buyer's copy with their name in it is a zip to `file`, and so to
# a server that asks it for the type to send. fflate compresses `mimetype`, and so does jszip if it is asked to compress. All of them
# are unpacked right, and many readers open them, so that it shows late. What helps: `new AdmZip(file, { noSort: true })`, which
# its README doesn't have; for the others, no compression for that one file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq file=1:5.44-3 libmagic1=1:5.44-3 libmagic-mgc=1:5.44-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund adm-zip@0.6.1 jszip@3.10.2 fflate@0.8.3 > /dev/null

cat > stamp.mjs << 'JS'
import { readFileSync, writeFileSync } from 'node:fs'
import AdmZip from 'adm-zip'
import { unzipSync, zipSync } from 'fflate'
import JSZip from 'jszip'
const files = { mimetype: 'application/epub+zip', 'META-INF/container.xml': '<container/>', 'book/tea.xhtml': '<html/>' }
const bytes = (text) => new Uint8Array(Buffer.from(text))
writeFileSync('book.epub', zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, [bytes(text), { level: 0 }]]))))

for (const [name, options] of [['adm-zip', {}], ['adm-zip-no-sort', { noSort: true }]]) {
  const zip = new AdmZip('book.epub', options)
  zip.addFile('book/buyer.txt', Buffer.from('Ann'))
  zip.writeZip(`${name}.epub`)
}
writeFileSync('fflate.epub', zipSync({ ...unzipSync(readFileSync('book.epub')), 'book/buyer.txt': bytes('Ann') }))
const zip = await JSZip.loadAsync(readFileSync('book.epub'))
zip.file('book/buyer.txt', 'Ann')
writeFileSync('jszip.epub', await zip.generateAsync({ type: 'nodebuffer' }))
writeFileSync('jszip-deflate.epub', await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }))

for (const name of ['book', 'adm-zip', 'adm-zip-no-sort', 'fflate', 'jszip', 'jszip-deflate']) {
  const [first] = new AdmZip(`${name}.epub`, { noSort: true }).getEntries()
  console.log(`${name} begins with ${first.entryName}${first.header.method ? ', compressed' : ''}`)
}
JS
echo "adm-zip 0.6.1, fflate 0.8.3, jszip 3.10.2, $(MAGIC=usr/lib/file/magic.mgc usr/bin/file --version | head -n 1)"
{
  node stamp.mjs
  for name in book adm-zip adm-zip-no-sort fflate jszip jszip-deflate; do
    echo "$name is $(MAGIC=usr/lib/file/magic.mgc usr/bin/file --brief --mime-type $name.epub) to file"
  done
} | tee seen
[ "$(cat seen)" = 'book begins with mimetype
adm-zip begins with book/buyer.txt, compressed
adm-zip-no-sort begins with mimetype
fflate begins with mimetype, compressed
jszip begins with mimetype
jszip-deflate begins with mimetype, compressed
book is application/epub+zip to file
adm-zip is application/zip to file
adm-zip-no-sort is application/epub+zip to file
fflate is application/zip to file
jszip is application/epub+zip to file
jszip-deflate is application/zip to file' ]
