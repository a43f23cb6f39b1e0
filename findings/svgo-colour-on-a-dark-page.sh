#!/usr/bin/env bash
# One would guess that the defaults of SVGO keep how a picture looks. A logo with another colour for dark pages has a rule for its shape,
# and a second one in `@media (prefers-color-scheme: dark)`. If the first fits a single shape, as in most logos, SVGO moves it into a
# `style` of that shape, which overrides everything, and removes the second: the logo is dark on dark. If the same is written as a nested
# rule, the logo is white on white for everybody else. A rule that fits two shapes is kept. What helps: `inlineStyles: false` among the
# overrides of preset-default, with `minifyStyles: false` for nested rules, and a look at the result in both colours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund svgo@4.1.0 > /dev/null

cat > try.mjs << 'JS'
import { optimize } from 'svgo'
const logo = (css, shapes) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>${css}</style>${shapes}</svg>`
const one = '<path class="a" d="M0 0h9v9z"/>'
const two = `${one}<path class="a" d="M0 0h5v5z" opacity=".5"/>`
const dark = '.a{fill:#111}@media (prefers-color-scheme:dark){.a{fill:#fff}}'
const nested = '.a{fill:#111;@media (prefers-color-scheme:dark){fill:#fff}}'
const kept = { plugins: [{ name: 'preset-default', params: { overrides: { inlineStyles: false, minifyStyles: false } } }] }
const inside = (svg, options) => optimize(svg, options).data.replace(/^<svg[^>]*>|<\/svg>$/g, '')
console.log(`one shape: ${inside(logo(dark, one))}`)
console.log(`nested: ${inside(logo(nested, one))}`)
console.log(`two shapes: ${inside(logo(dark, two))}`)
console.log(`overridden: ${inside(logo(dark, one), kept)}`)
console.log(`overridden, nested: ${inside(logo(nested, one), kept)}`)
JS
echo 'svgo 4.1.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'one shape: <path d="M0 0h9v9z" style="fill:#111"/>
nested: <path d="M0 0h9v9z" style="fill:#fff"/>
two shapes: <style>.a{fill:#111}@media (prefers-color-scheme:dark){.a{fill:#fff}}</style><path d="M0 0h9v9z" class="a"/><path d="M0 0h5v5z" class="a" opacity=".5"/>
overridden: <style>.a{fill:#111}@media (prefers-color-scheme:dark){.a{fill:#fff}}</style><path d="M0 0h9v9z" class="a"/>
overridden, nested: <style>.a{fill:#111;@media (prefers-color-scheme:dark){fill:#fff}}</style><path d="M0 0h9v9z" class="a"/>' ]
