#!/usr/bin/env bash
# One would guess that what a linter for Markdown repairs by itself looks on the page as it did. markdownlint takes the two signs of
# `10 * 20 * 30 cm` for an emphasis that has spaces by mistake, and removes them: the page has 10 20 30 cm, with the 20 in italics. It
# does so with `_` and `**` as well, and makes a link to a page called 1 of the words (5 each)[1]. CommonMark is clear about all of these:
# they are no markup. Two factors are left alone, so nobody sees it coming. What helps: `×`, a backslash in front of each sign, or
# MD037 and MD011 turned off where --fix runs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund markdownlint-cli2@0.22.1 markdown-it@14.1.0 > /dev/null

printf '%s\n\n' '# Boxes' 'Inside 10 * 20 cm.' 'Outside 10 * 20 * 30 cm.' 'Choose * or ** as you like ** here.' 'Two boxes (5 each)[1].' | sed '$ d' > boxes.md
cat > show.mjs << 'JS'
import { readFileSync } from 'node:fs'
import MarkdownIt from 'markdown-it'
for (const line of readFileSync('boxes.md', 'utf8').split('\n').filter(Boolean)) console.log(`${process.argv[2]}: ${new MarkdownIt().render(line).trim()}`)
JS
echo 'markdownlint-cli2 0.22.1, markdown-it 14.1.0'
{
  node show.mjs before
  node_modules/.bin/markdownlint-cli2 --fix boxes.md > /dev/null 2>&1
  node show.mjs after
} | tee seen
[ "$(cat seen)" = 'before: <h1>Boxes</h1>
before: <p>Inside 10 * 20 cm.</p>
before: <p>Outside 10 * 20 * 30 cm.</p>
before: <p>Choose * or ** as you like ** here.</p>
before: <p>Two boxes (5 each)[1].</p>
after: <h1>Boxes</h1>
after: <p>Inside 10 * 20 cm.</p>
after: <p>Outside 10 <em>20</em> 30 cm.</p>
after: <p>Choose * or <strong>as you like</strong> here.</p>
after: <p>Two boxes <a href="1">5 each</a>.</p>' ]
