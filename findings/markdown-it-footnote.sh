#!/usr/bin/env bash
# One would guess that a Markdown parser without a plugin for footnotes leaves `[^1]` and `[^1]: a note` as text. CommonMark
# allows a caret in the label of a link, so the second is a link definition: its first word is the address, and it disappears
# from the text. With a note of one word, `[^1]` becomes a link to that word. With several words it stays text, because a
# definition can't be followed by words without quotes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts markdown-it@15.0.3 > /dev/null

cat > try.mjs << 'JS'
import MarkdownIt from 'markdown-it'
const show = (text) => console.log(new MarkdownIt().render(text).trim().replaceAll('\n', ' '))
show('Bread[^1]\n\n[^1]: rye')
show('Bread[^1]\n\n[^1]: made of rye')
JS
seen=$(node try.mjs)
echo "markdown-it 15.0.3:"
echo "$seen"
[ "$seen" = '<p>Bread<a href="rye">^1</a></p>
<p>Bread[^1]</p> <p>[^1]: made of rye</p>' ]
