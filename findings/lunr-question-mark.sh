#!/usr/bin/env bash
# One would guess that a question mark at the end of a search doesn't matter, as it doesn't in the texts that are searched: lunr cuts
# punctuation off the words of a text. It doesn't do so with the words of a search, so `waterproof?` is a word that no text has, and so are
# `shoes!`, `"classic"`, `(500` and `C++`. In a search of several words, only that word doesn't count, and the others decide what is found.
# elasticlunr, which comes from lunr, cuts punctuation off in both. What helps: `this.searchPipeline.before(lunr.stemmer, lunr.trimmer)`
# where the index is built.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund lunr@2.3.9 elasticlunr@0.9.5 > /dev/null

cat > try.mjs << 'JS'
import elasticlunr from 'elasticlunr'
import lunr from 'lunr'
const titles = ['Running shoes', 'Is the tent waterproof?', 'The "Classic" tent', 'Coffee (500 g)', 'A book about C++']
const build = (change) => lunr(function () {
  change(this)
  this.field('title')
  titles.forEach((title, id) => this.add({ id, title }))
})
const indexes = {
  lunr: build(() => {}),
  'lunr with the trimmer': build((builder) => builder.searchPipeline.before(lunr.stemmer, lunr.trimmer)),
  elasticlunr: elasticlunr(function () {
    this.setRef('id')
    this.addField('title')
    titles.forEach((title, id) => this.addDoc({ id, title }))
  })
}
for (const query of ['shoes!', 'tent waterproof?', '"classic"', '(500', 'C++']) {
  for (const [name, index] of Object.entries(indexes)) console.log(`${name}: ${query} → ${index.search(query, {}).map(({ ref }) => titles[ref]).join(' | ') || 'nothing'}`)
}
JS
echo 'lunr 2.3.9, elasticlunr 0.9.5'
node try.mjs | tee seen
[ "$(cat seen)" = 'lunr: shoes! → nothing
lunr with the trimmer: shoes! → Running shoes
elasticlunr: shoes! → Running shoes
lunr: tent waterproof? → Is the tent waterproof? | The "Classic" tent
lunr with the trimmer: tent waterproof? → Is the tent waterproof? | The "Classic" tent
elasticlunr: tent waterproof? → Is the tent waterproof? | The "Classic" tent
lunr: "classic" → nothing
lunr with the trimmer: "classic" → The "Classic" tent
elasticlunr: "classic" → The "Classic" tent
lunr: (500 → nothing
lunr with the trimmer: (500 → Coffee (500 g)
elasticlunr: (500 → Coffee (500 g)
lunr: C++ → nothing
lunr with the trimmer: C++ → A book about C++
elasticlunr: C++ → A book about C++' ]
