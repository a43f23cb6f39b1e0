#!/usr/bin/env bash
# One would guess that the defaults of cssnano leave the order of declarations alone where it matters. They sort the declarations of a rule
# by name, so that it compresses better, and have a table of those that override each other. That table doesn't say that `all` overrides
# everything, nor that a side and its logical name are the same side. Where a second rule takes the look of a button away with `all: unset`,
# cssnano merges the two rules and sorts them, so `all` comes first, and the button keeps its look. Likewise `right: 5px; inset-inline-end:
# 0` change places, and `font-kerning: none; font: …`. What helps: `preset: ['default', { cssDeclarationSorter: false }]`, or lightningcss.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund cssnano@7.1.9 lightningcss@1.33.0 postcss@8.5.33 > /dev/null

cat > try.mjs << 'JS'
import cssnano from 'cssnano'
import { transform } from 'lightningcss'
import postcss from 'postcss'
const lightning = (css) => transform({ filename: 'page.css', code: Buffer.from(css), minify: true }).code.toString()
const nano = (...options) => (css) => postcss([cssnano(...options)]).process(css, { from: undefined }).then((result) => result.css)
const minifiers = { cssnano: nano(), 'without the sorter': nano({ preset: ['default', { cssDeclarationSorter: false }] }), lightningcss: lightning }
for (const css of [
  '.buy{padding:8px;color:#fff}.buy{all:unset;cursor:pointer}',
  '.buy{right:5px;inset-inline-end:0}',
  '.buy{border-top:1px solid;border-block:0}',
  '.buy{font-kerning:none;font:1em serif}'
]) {
  console.log(css)
  for (const [name, minify] of Object.entries(minifiers)) console.log(`  ${name}: ${await minify(css)}`)
}
JS
echo 'cssnano 7.1.9, lightningcss 1.33.0'
node try.mjs | tee seen
[ "$(cat seen)" = '.buy{padding:8px;color:#fff}.buy{all:unset;cursor:pointer}
  cssnano: .buy{all:unset;color:#fff;cursor:pointer;padding:8px}
  without the sorter: .buy{padding:8px;color:#fff;all:unset;cursor:pointer}
  lightningcss: .buy{all:unset;cursor:pointer}
.buy{right:5px;inset-inline-end:0}
  cssnano: .buy{inset-inline-end:0;right:5px}
  without the sorter: .buy{right:5px;inset-inline-end:0}
  lightningcss: .buy{right:5px;inset-inline-end:0}
.buy{border-top:1px solid;border-block:0}
  cssnano: .buy{border-block:0;border-top:1px solid}
  without the sorter: .buy{border-top:1px solid;border-block:0}
  lightningcss: .buy{border-top:1px solid;border-block:0}
.buy{font-kerning:none;font:1em serif}
  cssnano: .buy{font:1em serif;font-kerning:none}
  without the sorter: .buy{font-kerning:none;font:1em serif}
  lightningcss: .buy{font-kerning:none;font:1em serif}' ]
