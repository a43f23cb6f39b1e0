#!/usr/bin/env bash
# One would guess that a page whose front matter can't be read is an error each time it is read. gray-matter keeps what it has
# read, by the text of the file, and it does so before it parses: the first call throws, and the second returns a page without
# any fields, whose content begins with the front matter. So a server that reads its pages again for each visitor, or when it is
# asked to reload them, fails once, and then shows the page with its fields as text. Likewise, two pages of the same text share
# their fields, so a change of one is a change of both. The README doesn't mention the cache. What helps: to pass an options
# object, be it empty, since calls with options don't use the cache.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gray-matter@4.0.3 > /dev/null

cat > try.cjs << 'JS'
const matter = require('gray-matter')
const mistaken = '---\ntitle: Tea: the green one\nprice: 0.25\n---\nSteep it for two minutes.\n'
function read(...options) {
  try {
    const { data, content } = matter(mistaken, ...options)
    return `${JSON.stringify(data)} and ${JSON.stringify(content)}`
  } catch (error) {
    return error.name
  }
}
console.log(`first time: ${read()}`)
console.log(`second time: ${read()}`)
console.log(`with options: ${read({})}, ${read({})}`)
const page = '---\ntags: [tea]\n---\n'
matter(page).data.tags.push('sold out')
console.log(`another page of the same text: ${matter(page).data.tags}`)
JS
echo 'gray-matter 4.0.3'
node try.cjs | tee seen
[ "$(cat seen)" = 'first time: YAMLException
second time: {} and "---\ntitle: Tea: the green one\nprice: 0.25\n---\nSteep it for two minutes.\n"
with options: YAMLException, YAMLException
another page of the same text: tea,sold out' ]
