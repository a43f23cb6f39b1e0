#!/usr/bin/env bash
# One would guess that a program which makes text or Markdown of a page keeps its prices. On price tags and in shops, cents
# are often small and raised, with no point: `5<sup>99</sup> €`. Turndown, html-to-text, node-html-markdown, rehype-remark,
# cheerio and the html2text of Debian leave out what is raised and make no sign of it, so that tea costs 599 € in a mail’s
# plain part, in a note, in a search index and in what a language model reads. And 1½ kg, written in the same way, are 11/2
# kg. lynx writes 5^99. What helps: a point before the cents in the page, which may be hidden by CSS, or a rule for `sup`
# (below).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts cheerio@1.2.0 html-to-text@10.0.1 node-html-markdown@2.0.0 rehype-parse@9.0.1 rehype-remark@10.0.1 remark-stringify@11.0.0 turndown@7.2.5 unified@11.0.5 > /dev/null
apt-get download -qq html2text=1.3.2a-28 lynx=2.9.0dev.12-1 libncursesw6=6.4-4 libbsd0=0.11.7-2 libmd0=1.0.4-2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { load } from 'cheerio'
import { convert } from 'html-to-text'
import { NodeHtmlMarkdown } from 'node-html-markdown'
import rehypeParse from 'rehype-parse'
import rehypeRemark from 'rehype-remark'
import remarkStringify from 'remark-stringify'
import Turndown from 'turndown'
import { unified } from 'unified'
const page = readFileSync('page.html', 'utf8').trim()
console.log(`Turndown: ${new Turndown().turndown(page)}`)
console.log(`html-to-text: ${convert(page)}`)
console.log(`node-html-markdown: ${NodeHtmlMarkdown.translate(page)}`)
console.log(`rehype-remark: ${String(await unified().use(rehypeParse, { fragment: true }).use(rehypeRemark).use(remarkStringify).process(page)).trim()}`)
console.log(`cheerio: ${load(page).text()}`)
const withRule = new Turndown().addRule('sup', { filter: 'sup', replacement: (text) => `<sup>${text}</sup>` })
console.log(`Turndown with a rule: ${withRule.turndown(page)}`)
JS
echo '<p>Tea: 5<sup>99</sup> €, for 1<sup>1</sup>/<sub>2</sub> kg</p>' > page.html
touch lynx.cfg
node try.mjs > seen
echo "html2text: $(usr/bin/html2text -utf8 page.html)" >> seen
echo "lynx: $(LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu:lib/x86_64-linux-gnu LC_ALL=C.UTF-8 usr/bin/lynx -cfg="$PWD/lynx.cfg" -assume_charset=utf-8 -display_charset=utf-8 -dump page.html | xargs)" >> seen
echo 'Turndown 7.2.5, html-to-text 10.0.1, node-html-markdown 2.0.0, rehype-remark 10.0.1, cheerio 1.2.0, html2text 1.3.2a, lynx 2.9.0dev.12'
cat seen
[ "$(cat seen)" = 'Turndown: Tea: 599 €, for 11/2 kg
html-to-text: Tea: 599 €, for 11/2 kg
node-html-markdown: Tea: 599 €, for 11/2 kg
rehype-remark: Tea: 599 €, for 11/2 kg
cheerio: Tea: 599 €, for 11/2 kg
Turndown with a rule: Tea: 5<sup>99</sup> €, for 1<sup>1</sup>/2 kg
html2text: Tea: 599 €, for 11/2 kg
lynx: Tea: 5^99 €, for 1^1/[2] kg' ]
