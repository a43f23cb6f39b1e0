#!/usr/bin/env bash
# One would guess that two asterisks on each side make a text bold in every language. CommonMark closes an emphasis only where
# the asterisks look like the end of a word: behind a punctuation mark, they must be followed by a space or another mark.
# English has a space there, as in "**Price:** five dollars". Chinese and Japanese have none, so a colon, a bracket or a
# quotation mark inside the bold text shows readers the four asterisks, in markdown-it, marked, commonmark and micromark
# (remark) alike, and a translation that was checked word by word is broken on the page. It follows from the specification's
# rules for delimiters, which were made for words with spaces between them. What helps: to put the mark behind the asterisks, or
# <strong>, or the plugin markdown-it-cjk-friendly, which there is for remark as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund commonmark@0.31.2 markdown-it@15.0.3 markdown-it-cjk-friendly@3.0.0 \
  marked@18.2.1 micromark@4.0.3 > /dev/null

cat > try.mjs << 'JS'
import { HtmlRenderer, Parser } from 'commonmark'
import MarkdownIt from 'markdown-it'
import cjkFriendly from 'markdown-it-cjk-friendly'
import { marked } from 'marked'
import { micromark } from 'micromark'
const friendly = new MarkdownIt().use(cjkFriendly)
const parsers = {
  'markdown-it': (text) => new MarkdownIt().render(text),
  marked: (text) => marked(text),
  commonmark: (text) => new HtmlRenderer().render(new Parser().parse(text)),
  micromark, // of which remark is made
  'with the plugin': (text) => friendly.render(text),
}
for (const text of ['**Price:** 5 dollars', '**价格：**5美元', '**价格**：5美元', '**「お茶」**は5ドル']) {
  const bold = Object.entries(parsers)
    .map(([name, render]) => `${name} ${render(text).includes('<strong>') ? 'bold' : 'asterisks'}`)
  console.log(`${text}: ${bold.join(', ')}`)
}
JS
echo 'markdown-it 15.0.3, marked 18.2.1, commonmark 0.31.2, micromark 4.0.3, markdown-it-cjk-friendly 3.0.0'
node try.mjs | tee seen
[ "$(cat seen)" = '**Price:** 5 dollars: markdown-it bold, marked bold, commonmark bold, micromark bold, with the plugin bold
**价格：**5美元: markdown-it asterisks, marked asterisks, commonmark asterisks, micromark asterisks, with the plugin bold
**价格**：5美元: markdown-it bold, marked bold, commonmark bold, micromark bold, with the plugin bold
**「お茶」**は5ドル: markdown-it asterisks, marked asterisks, commonmark asterisks, micromark asterisks, with the plugin bold' ]
