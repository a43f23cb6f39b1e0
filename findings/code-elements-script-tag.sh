#!/usr/bin/env bash
# One would guess that the build of a library for `<script>` tags is complete. That of Code's elements has copies of all of Code's
# packages in it, but not of Vue, which it expects as a global: on a page without it, the first line throws, and there is no button.
# With Vue's own build in front of it, it works.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @code-wallet/elements@2.0.4 vue@3.5.13 > /dev/null

cat > try.cjs << 'JS'
const { readFileSync } = require('node:fs')
const { createContext, runInContext } = require('node:vm')
const read = (path) => readFileSync(`node_modules/${path}`, 'utf8')
const elements = read('@code-wallet/elements/dist/elements.iife.js')
const load = (...scripts) => {
  const page = createContext({ console, navigator: {}, document: { createElement: () => ({}) } })
  page.window = page.self = page
  try {
    for (const script of scripts) runInContext(script, page)
    return `has ${runInContext('Object.keys(code).sort().join()', page)}`
  } catch (error) {
    return `throws ${error.message}`
  }
}
console.log(`alone: ${load(elements)}`)
console.log(`after Vue: ${load(read('vue/dist/vue.runtime.global.prod.js'), elements)}`)
JS
echo "@code-wallet/elements $(node -p 'require("@code-wallet/elements/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'alone: throws Vue is not defined
after Vue: has default,elements,errors' ]
