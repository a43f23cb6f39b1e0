#!/usr/bin/env bash
# One would guess that CSSO keeps a rule for wide screens. Written as `(min-width: 600px)`, it does. Written as `(width >= 600px)`, or with
# a calculation, the whole block is gone from the result, and so are nested rules, without an error or a warning: what it can't read, it
# leaves out. SVGO minifies the styles in a picture with CSSO as one of its defaults, so a logo that leaves out its details on a narrow
# screen doesn't do so any more. What helps: lightningcss for styles, and `minifyStyles: false` among the overrides of SVGO's
# preset-default.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund csso@5.0.5 lightningcss@1.33.0 svgo@4.1.0 > /dev/null

cat > try.mjs << 'JS'
import { minify } from 'csso'
import { transform } from 'lightningcss'
import { optimize } from 'svgo'
const lightning = (css) => transform({ filename: 'page.css', code: Buffer.from(css), minify: true }).code.toString()
for (const css of [
  '@media (min-width:600px){.buy{top:0}}',
  '@media (width >= 600px){.buy{top:0}}',
  '@media (min-width:calc(9em + 1px)){.buy{top:0}}',
  '.buy{top:0;&:hover{top:1px}}'
]) console.log(`${css}: CSSO ${minify(css).css || 'nothing'}, lightningcss ${lightning(css)}`)
const css = 'path{fill:red}@media (width &lt; 99px){path{fill:none}}'
const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>${css}</style><path d="M0 0h9v9z"/><path d="M5 0h5v5z" opacity=".5"/></svg>`
const preset = { name: 'preset-default', params: { overrides: { minifyStyles: false } } }
const inside = (svg, options) => optimize(svg, options).data.replace(/^<svg[^>]*>|<\/svg>$/g, '')
console.log(`SVGO: ${inside(logo)}`)
console.log(`SVGO without minifyStyles: ${inside(logo, { plugins: [preset] })}`)
JS
echo 'csso 5.0.5, lightningcss 1.33.0, svgo 4.1.0'
node try.mjs | tee seen
[ "$(cat seen)" = '@media (min-width:600px){.buy{top:0}}: CSSO @media (min-width:600px){.buy{top:0}}, lightningcss @media (width>=600px){.buy{top:0}}
@media (width >= 600px){.buy{top:0}}: CSSO nothing, lightningcss @media (width>=600px){.buy{top:0}}
@media (min-width:calc(9em + 1px)){.buy{top:0}}: CSSO nothing, lightningcss @media (width>=calc(9em + 1px)){.buy{top:0}}
.buy{top:0;&:hover{top:1px}}: CSSO .buy{top:0}, lightningcss .buy{top:0;&:hover{top:1px}}
SVGO: <style><![CDATA[path{fill:red}]]></style><path d="M0 0h9v9z"/><path d="M5 0h5v5z" opacity=".5"/>
SVGO without minifyStyles: <style>path{fill:red}@media (width&lt;99px){path{fill:none}}</style><path d="M0 0h9v9z"/><path d="M5 0h5v5z" opacity=".5"/>' ]
