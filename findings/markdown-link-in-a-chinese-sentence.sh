#!/usr/bin/env bash
# One would guess that a bare address in a text is a link up to the mark that ends the sentence. GitHub's rules for Markdown end it
# at a space, and leave out a Latin mark at its end, but Chinese and Japanese have neither: with marked, remark-gfm and linkifyjs,
# the full stop and all that follows up to the next space belong to the address, and a reader who follows it gets 404. An ellipsis
# (`…`) belongs to it as well. linkify-it, which is markdown-it's, and Autolinker stop in front of both. What helps: `<https://…>`,
# which is a link to all parsers of Markdown and nothing to linkifyjs, or a space behind the address.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund marked@18.2.1 markdown-it@15.0.3 remark@15.0.1 remark-gfm@4.0.1 remark-rehype@11.1.2 \
  rehype-stringify@10.0.1 linkifyjs@4.4.0 autolinker@4.1.5 > /dev/null

cat > try.mjs << 'JS'
import Autolinker from 'autolinker'
import * as linkify from 'linkifyjs'
import MarkdownIt from 'markdown-it'
import { marked } from 'marked'
import rehypeStringify from 'rehype-stringify'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import remarkRehype from 'remark-rehype'
const linked = (html) => decodeURI(html.match(/href="([^"]*)"/)?.[1] ?? 'no link')
const programs = {
  marked: (text) => linked(marked.parse(text)),
  'remark-gfm': (text) => linked(String(remark().use(remarkGfm).use(remarkRehype).use(rehypeStringify).processSync(text))),
  linkifyjs: (text) => linkify.find(text)[0]?.href,
  'markdown-it': (text) => linked(new MarkdownIt({ linkify: true }).render(text)),
  Autolinker: (text) => Autolinker.parse(text, { urls: true })[0]?.getAnchorHref(),
}
for (const text of ['See https://shop.example/tea. Thank you', '请看https://shop.example/tea。谢谢', 'See https://shop.example/tea…']) {
  console.log(text)
  for (const [name, link] of Object.entries(programs)) console.log(`  ${name}: ${link(text)}`)
}
JS
echo 'marked 18.2.1, remark-gfm 4.0.1, linkifyjs 4.4.0, markdown-it 15.0.3, Autolinker 4.1.5'
node try.mjs | tee seen
[ "$(cat seen)" = 'See https://shop.example/tea. Thank you
  marked: https://shop.example/tea
  remark-gfm: https://shop.example/tea
  linkifyjs: https://shop.example/tea
  markdown-it: https://shop.example/tea
  Autolinker: https://shop.example/tea
请看https://shop.example/tea。谢谢
  marked: https://shop.example/tea。谢谢
  remark-gfm: https://shop.example/tea。谢谢
  linkifyjs: https://shop.example/tea。谢谢
  markdown-it: https://shop.example/tea
  Autolinker: https://shop.example/tea
See https://shop.example/tea…
  marked: https://shop.example/tea…
  remark-gfm: https://shop.example/tea…
  linkifyjs: https://shop.example/tea…
  markdown-it: https://shop.example/tea
  Autolinker: https://shop.example/tea' ]
