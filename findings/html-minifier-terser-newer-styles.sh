#!/usr/bin/env bash
# One would guess that a minifier leaves styles alone that it doesn't know, or fails. html-minifier-terser minifies them with clean-css,
# which knows neither nested rules nor @scope nor @starting-style. clean-css drops what it doesn't understand and adds a warning, and
# html-minifier-terser doesn't look at warnings. A nested `&:hover` is gone. After a nested @media or a @starting-style, the rest is gone as
# well, with rules that have nothing to do with it, and the page has an empty <style>. `li:nth-child(2 of .sold)` becomes `2of.sold`, which
# is no selector, so a browser skips that rule. All of it is valid CSS that browsers know. What helps: `minifyCSS` with a function, and
# lightningcss in it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund html-minifier-terser@7.2.0 lightningcss@1.33.0 > /dev/null

cat > try.mjs << 'JS'
import { minify } from 'html-minifier-terser'
import { transform } from 'lightningcss'
const lightning = (css) => transform({ filename: 'page.css', code: Buffer.from(css), minify: true }).code.toString()
const pages = [
  '.buy{color:red;&:hover{color:#00f}}.sold{top:0}',
  '.buy{@media (width<=9em){color:red}}.sold{top:0}',
  '@starting-style{.buy{opacity:0}}.sold{top:0}',
  '@scope (.buy){p{color:red}}.sold{top:0}',
  'li:nth-child(2 of .sold){color:red}'
]
for (const page of pages) {
  console.log(`${page}
  clean-css: ${await minify(`<style>${page}</style>`, { minifyCSS: true })}
  lightningcss: ${await minify(`<style>${page}</style>`, { minifyCSS: lightning })}`)
}
JS
echo 'html-minifier-terser 7.2.0, lightningcss 1.33.0'
node try.mjs | tee seen
[ "$(cat seen)" = '.buy{color:red;&:hover{color:#00f}}.sold{top:0}
  clean-css: <style>.buy{color:red}.sold{top:0}</style>
  lightningcss: <style>.buy{color:red;&:hover{color:#00f}}.sold{top:0}</style>
.buy{@media (width<=9em){color:red}}.sold{top:0}
  clean-css: <style></style>
  lightningcss: <style>.buy{@media (width<=9em){color:red}}.sold{top:0}</style>
@starting-style{.buy{opacity:0}}.sold{top:0}
  clean-css: <style></style>
  lightningcss: <style>@starting-style{.buy{opacity:0}}.sold{top:0}</style>
@scope (.buy){p{color:red}}.sold{top:0}
  clean-css: <style></style>
  lightningcss: <style>@scope(.buy){p{color:red}}.sold{top:0}</style>
li:nth-child(2 of .sold){color:red}
  clean-css: <style>li:nth-child(2of.sold){color:red}</style>
  lightningcss: <style>li:nth-child(2 of .sold){color:red}</style>' ]
