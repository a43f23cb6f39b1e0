#!/usr/bin/env bash
# One would guess that a page which is XHTML already is in the book as it was given. epub-gen-memory keeps a list of attributes that
# it knows, and drops all others without a word: an SVG has no viewBox, its paths have no `d`, so the picture is empty; a list
# that begins at 5 begins at 1, and a time has no `datetime`. The tags themselves stay, so that a search for them finds all. The two
# authors that its README has in an example are one, called `Ann,Bob`, so a reader lists the book under neither. It has no word
# on attributes. What helps: pictures as files, numbers as text, one author, and a look at the book.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund epub-gen-memory@1.1.2 jszip@3.10.2 > /dev/null

cat > try.mjs << 'JS'
import epubGen from 'epub-gen-memory'
import JSZip from 'jszip'
const content = [
  '<svg viewBox="0 0 9 9" role="img"><path d="M0 0h9v9z" fill="red"/></svg>',
  '<ol start="5"><li>Pour the water.</li></ol>',
  '<time datetime="2026-11-01">All Saints</time>',
]
const book = await (epubGen.default ?? epubGen)({ title: 'Tea', author: ['Ann', 'Bob'] }, [{ title: 'One', content: content.join('\n') }])
const zip = await JSZip.loadAsync(book)
const chapter = Object.keys(zip.files).find((name) => /OEBPS\/0.*\.xhtml$/.test(name))
const written = (await zip.file(chapter).async('string')).split('\n')
for (const line of content) {
  const [tag] = line.match(/^<\w+/)
  console.log(`${line}\n  is ${written.find((other) => other.includes(tag)).trim()}`)
}
console.log((await zip.file('OEBPS/content.opf').async('string')).match(/<dc:creator.*?<\/dc:creator>/g).join(', '))
JS
echo 'epub-gen-memory 1.1.2'
node try.mjs | tee seen
[ "$(cat seen)" = '<svg viewBox="0 0 9 9" role="img"><path d="M0 0h9v9z" fill="red"/></svg>
  is <svg role="img"><path/></svg>
<ol start="5"><li>Pour the water.</li></ol>
  is <ol><li>Pour the water.</li></ol>
<time datetime="2026-11-01">All Saints</time>
  is <time>All Saints</time>
<dc:creator id="creator">Ann,Bob</dc:creator>' ]
