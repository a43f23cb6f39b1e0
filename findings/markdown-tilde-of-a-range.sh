#!/usr/bin/env bash
# One would guess that text is crossed out by `~~` in Markdown, and that a tilde between two numbers is a tilde. marked and
# remark-gfm take a single tilde as well, inside of a word too. Ranges are written with it in Chinese, Japanese and Korean, and by
# many in English: in `2~3 days and 5~6 euros`, all from the 3 to the 5 is crossed out, and so is the price. One range in a
# paragraph is fine, two are not. markdown-it leaves a single tilde alone, so one program shows the text as it is, and the next one
# crosses it out. What helps: an en dash, `\~`, or remark-gfm's `singleTilde: false`; marked has no such option.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund marked@18.2.1 markdown-it@15.0.3 remark@15.0.1 remark-gfm@4.0.1 remark-rehype@11.1.2 rehype-stringify@10.0.1 > /dev/null

cat > try.mjs << 'JS'
import MarkdownIt from 'markdown-it'
import { marked } from 'marked'
import rehypeStringify from 'rehype-stringify'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import remarkRehype from 'remark-rehype'
const html = (options) => (text) => String(remark().use(remarkGfm, options).use(remarkRehype).use(rehypeStringify).processSync(text))
const parsers = {
  'markdown-it': (text) => new MarkdownIt().render(text),
  marked: (text) => marked.parse(text),
  'remark-gfm': html({}),
  'remark-gfm, singleTilde: false': html({ singleTilde: false }),
}
for (const text of ['takes 2~3 days', 'takes 2~3 days and costs 5~6 euros', '送货 2~3 天，价格 5~6 元']) {
  for (const [name, parse] of Object.entries(parsers)) console.log(`${name}: ${parse(text).trim()}`)
}
JS
echo 'markdown-it 15.0.3, marked 18.2.1, remark-gfm 4.0.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'markdown-it: <p>takes 2~3 days</p>
marked: <p>takes 2~3 days</p>
remark-gfm: <p>takes 2~3 days</p>
remark-gfm, singleTilde: false: <p>takes 2~3 days</p>
markdown-it: <p>takes 2~3 days and costs 5~6 euros</p>
marked: <p>takes 2<del>3 days and costs 5</del>6 euros</p>
remark-gfm: <p>takes 2<del>3 days and costs 5</del>6 euros</p>
remark-gfm, singleTilde: false: <p>takes 2~3 days and costs 5~6 euros</p>
markdown-it: <p>送货 2~3 天，价格 5~6 元</p>
marked: <p>送货 2<del>3 天，价格 5</del>6 元</p>
remark-gfm: <p>送货 2<del>3 天，价格 5</del>6 元</p>
remark-gfm, singleTilde: false: <p>送货 2~3 天，价格 5~6 元</p>' ]
