#!/usr/bin/env bash
# One would guess that braces in a text which don't hold an attribute, such as `{.class}` or `{key=value}`, are braces. markdown-it-attrs
# takes any braces at the end of a paragraph, a heading or an item of a list for attributes, and what is in them for the name of one:
# `Your code is {SAVE10}` is `<p SAVE10="">Your code is</p>`, and nobody sees the code. A placeholder like `{name}` that is to be
# filled in later is gone as well, but only at the end: with a full stop behind it, it stays. So does `{{name}}`, without its second
# braces. What helps: other delimiters (`leftDelimiter: '{:'`), or braces that are written as `\{`. The option
# `allowedAttributes` drops the attribute, and the code with it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund markdown-it@15.0.3 markdown-it-attrs@5.0.1 > /dev/null

cat > try.mjs << 'JS'
import MarkdownIt from 'markdown-it'
import attrs from 'markdown-it-attrs'
const usual = new MarkdownIt().use(attrs)
const other = new MarkdownIt().use(attrs, { leftDelimiter: '{:', rightDelimiter: '}' })
const allowed = new MarkdownIt().use(attrs, { allowedAttributes: ['id', 'class'] })
const texts = ['Your code is {SAVE10}', 'Your code is {SAVE10}.', 'Dear {name}', 'Dear {{name}}', '# Tea {1 kg}', 'Your code is \\{SAVE10}']
for (const text of texts) console.log(`${text}: ${usual.render(text).trim()}`)
console.log(`other delimiters: ${other.render(texts[0]).trim()}`)
console.log(`allowedAttributes: ${allowed.render(texts[0]).trim()}`)
JS
echo 'markdown-it 15.0.3, markdown-it-attrs 5.0.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'Your code is {SAVE10}: <p SAVE10="">Your code is</p>
Your code is {SAVE10}.: <p>Your code is {SAVE10}.</p>
Dear {name}: <p name="">Dear</p>
Dear {{name}}: <p>Dear {{name}}</p>
# Tea {1 kg}: <h1 1="" kg="">Tea</h1>
Your code is \{SAVE10}: <p>Your code is {SAVE10}</p>
other delimiters: <p>Your code is {SAVE10}</p>
allowedAttributes: <p>Your code is</p>' ]
