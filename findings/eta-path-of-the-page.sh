#!/usr/bin/env bash
# One would guess that Eta works out where a template is only once, since `cacheFilepaths` ("holds cache of resolved filepaths")
# is on by default. It keeps the paths of includes and layouts, but not that of the page: each `render('/page')` resolves it
# again, with JSON.stringify, path.join and path.relative, although the compiled page is kept. What helps is to keep the
# results of `resolvePath` oneself, as below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund eta@4.6.0 > /dev/null

mkdir views
echo '<p>Price: <%~ include("./price") %></p>' > views/page.eta
echo '<%= it.price %>' > views/price.eta
cat > render.mjs << 'JS'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import { Eta } from 'eta'

const { relative } = path
let resolved = []
path.relative = (from, to) => {
  resolved.push(path.basename(to))
  return relative(from, to)
}
syncBuiltinESMExports()

function count(eta, name) {
  resolved = []
  for (let i = 0; i < 1000; i++) eta.render(name, { price: 5 })
  const times = (file) => resolved.filter((each) => each === file).length
  return `page ${times('page.eta')}, include ${times('price.eta')}`
}

const views = path.resolve('views')
const eta = new Eta({ views, cache: true, cacheFilepaths: true })
console.log('1000 renders resolve:', count(eta, '/page'))
console.log('paths kept:', Object.values(eta.filepathCache).map((file) => path.basename(file)).join(', '))

const keeping = new Eta({ views, cache: true })
const resolve = keeping.resolvePath
const kept = new Map()
keeping.resolvePath = (template, options) => {
  const key = `${options?.filepath ?? ''}\n${template}`
  if (!kept.has(key)) kept.set(key, resolve.call(keeping, template, options))
  return kept.get(key)
}
console.log('1000 renders that keep them:', count(keeping, '/page'))
JS
seen=$(node render.mjs)
echo 'eta 4.6.0:'
echo "$seen"
[ "$seen" = '1000 renders resolve: page 1000, include 1
paths kept: price.eta
1000 renders that keep them: page 1, include 1' ]
