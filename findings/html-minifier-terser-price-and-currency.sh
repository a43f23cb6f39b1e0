#!/usr/bin/env bash
# One would guess that a minifier keeps the space between a price and its currency, wherever a browser shows one. html-minifier-terser has a
# list of elements that are inline, and removes the space around all others. <data>, which is there for prices, <output>, which is there for
# sums, and <meter> aren't on it, nor is any custom element. So "Total 5.25 EUR" is "Total5.25EUR" if the price is in one of them, and right
# in a <span> or <time>. htmlnano does the same if it is told to remove spaces aggressively, and minify-html keeps them. What helps:
# `conservativeCollapse: true`, or minify-html.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund html-minifier-terser@7.2.0 htmlnano@3.5.1 @minify-html/node@0.18.1 > /dev/null

cat > try.mjs << 'JS'
import minifyHtml from '@minify-html/node'
import { minify } from 'html-minifier-terser'
import htmlnano from 'htmlnano'
const show = (html) => `"${String(html).replace(/<[^>]*>/g, '')}"`
for (const name of ['span', 'time', 'data', 'output', 'meter', 'x-price']) {
  const page = `<p>Total <${name} value="5.25">5.25</${name}> EUR</p>`
  const texts = [
    `html-minifier-terser ${show(await minify(page, { collapseWhitespace: true }))}`,
    `conservativeCollapse ${show(await minify(page, { collapseWhitespace: true, conservativeCollapse: true }))}`,
    `htmlnano ${show((await htmlnano.process(page, { collapseWhitespace: 'aggressive' }, {})).html)}`,
    `minify-html ${show(minifyHtml.minify(Buffer.from(page), {}))}`
  ]
  console.log(`<${name}>: ${texts.join(', ')}`)
}
JS
echo 'html-minifier-terser 7.2.0, htmlnano 3.5.1, @minify-html/node 0.18.1'
node try.mjs | tee seen
[ "$(cat seen)" = '<span>: html-minifier-terser "Total 5.25 EUR", conservativeCollapse "Total 5.25 EUR", htmlnano "Total 5.25 EUR", minify-html "Total 5.25 EUR"
<time>: html-minifier-terser "Total 5.25 EUR", conservativeCollapse "Total 5.25 EUR", htmlnano "Total 5.25 EUR", minify-html "Total 5.25 EUR"
<data>: html-minifier-terser "Total5.25EUR", conservativeCollapse "Total 5.25 EUR", htmlnano "Total5.25EUR", minify-html "Total 5.25 EUR"
<output>: html-minifier-terser "Total5.25EUR", conservativeCollapse "Total 5.25 EUR", htmlnano "Total5.25EUR", minify-html "Total 5.25 EUR"
<meter>: html-minifier-terser "Total5.25EUR", conservativeCollapse "Total 5.25 EUR", htmlnano "Total5.25EUR", minify-html "Total 5.25 EUR"
<x-price>: html-minifier-terser "Total5.25EUR", conservativeCollapse "Total 5.25 EUR", htmlnano "Total5.25EUR", minify-html "Total 5.25 EUR"' ]
