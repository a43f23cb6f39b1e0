#!/usr/bin/env bash
# One would guess that making an SVG smaller leaves alone what it says to people who can't see it: svgo keeps `aria-label`, and even
# a <title>. It takes `role="img"` away by default, since it counts `role` among unknown attributes (`keepRoleAttr: false`), so the
# picture in a page isn't a picture to the rules of accessibility, and its label is one of an element that has no role. A check with
# axe-core that found a picture without a name passes after the build: there is no picture any more. The README has no word on it.
# What helps: `keepRoleAttr: true` for removeUnknownsAndDefaults, or role and label on an element around the SVG.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund svgo@4.1.0 axe-core@4.14.1 jsdom@29.1.1 > /dev/null

cat > try.mjs << 'JS'
import axe from 'axe-core'
import { JSDOM, VirtualConsole } from 'jsdom'
import { optimize } from 'svgo'
const svg = (attributes) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" ${attributes}><path d="M0 0h9v9z"/></svg>`
const keep = { plugins: [{ name: 'preset-default', params: { overrides: { removeUnknownsAndDefaults: { keepRoleAttr: true } } } }] }
async function judge(picture) {
  const { window } = new JSDOM(`<!doctype html><title>Tea</title><main>${picture}</main>`, { runScripts: 'outside-only', virtualConsole: new VirtualConsole() })
  window.eval(axe.source)
  const { passes, violations } = await window.axe.run({ runOnly: { type: 'rule', values: ['svg-img-alt'] } })
  return violations.length > 0 ? 'has no name' : passes.length > 0 ? 'has a name' : 'is no picture'
}
for (const attributes of ['role="img" aria-label="The shop"', 'role="img"']) {
  const original = svg(attributes)
  console.log(`${attributes}: ${await judge(original)}, after svgo ${await judge(optimize(original).data)}, with keepRoleAttr ${await judge(optimize(original, keep).data)}`)
}
console.log(optimize(svg('role="img" aria-label="The shop"')).data)
JS
echo 'svgo 4.1.0, axe-core 4.14.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'role="img" aria-label="The shop": has a name, after svgo is no picture, with keepRoleAttr has a name
role="img": has no name, after svgo is no picture, with keepRoleAttr has no name
<svg xmlns="http://www.w3.org/2000/svg" aria-label="The shop" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>' ]
