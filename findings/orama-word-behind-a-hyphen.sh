#!/usr/bin/env bash
# One would guess that a buyer who looks for a shirt finds the T-shirt. Orama takes a hyphen for a part of the word if the language is
# English, its default, so the word is "t-shirt", and only its beginning finds it: "shirt", "book" and "fi" have no results where there are
# a T-shirt, an E-book and Wi-Fi. Umlauts separate words instead: "größe" is "gr", "ß" and "e", and finds whatever begins with an E. Set to
# German, it is the other way around in both. lunr and MiniSearch find the T-shirt. What helps: a tokenizer of one's own, whose `tokenize`
# splits at everything that is neither a letter nor a digit.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @orama/orama@3.1.18 lunr@2.3.9 minisearch@7.2.0 > /dev/null

cat > try.mjs << 'JS'
import { create, insert, search } from '@orama/orama'
import lunr from 'lunr'
import MiniSearch from 'minisearch'
const titles = ['T-shirt', 'E-book', 'Wi-Fi router', 'Envelope', 'Größe M']
const tokenizer = { language: 'english', normalizationCache: new Map(), tokenize: (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [] }
const orama = {
  'Orama, English': create({ schema: { title: 'string' } }),
  'Orama, German': create({ schema: { title: 'string' }, language: 'german' }),
  'Orama, tokenizer': create({ schema: { title: 'string' }, components: { tokenizer } })
}
for (const index of Object.values(orama)) for (const title of titles) insert(index, { title })
const mini = new MiniSearch({ fields: ['title'] })
mini.addAll(titles.map((title, id) => ({ id, title })))
const index = lunr(function () {
  this.field('title')
  titles.forEach((title, id) => this.add({ id, title }))
})
for (const query of ['shirt', 'book', 'fi', 'größe']) {
  const found = Object.entries(orama).map(([name, index]) => [name, search(index, { term: query }).hits.map(({ document }) => document.title)])
  found.push(['MiniSearch', mini.search(query).map(({ id }) => titles[id])], ['lunr', index.search(query).map(({ ref }) => titles[ref])])
  console.log(`${query}: ${found.map(([name, list]) => `${name} ${list.join(' + ') || 'nothing'}`).join('; ')}`)
}
JS
echo '@orama/orama 3.1.18, minisearch 7.2.0, lunr 2.3.9'
node try.mjs | tee seen
[ "$(cat seen)" = 'shirt: Orama, English nothing; Orama, German T-shirt; Orama, tokenizer T-shirt; MiniSearch T-shirt; lunr T-shirt
book: Orama, English nothing; Orama, German E-book; Orama, tokenizer E-book; MiniSearch E-book; lunr E-book
fi: Orama, English nothing; Orama, German Wi-Fi router; Orama, tokenizer Wi-Fi router; MiniSearch Wi-Fi router; lunr Wi-Fi router
größe: Orama, English E-book + Envelope + Größe M; Orama, German Größe M; Orama, tokenizer Größe M; MiniSearch Größe M; lunr Größe M' ]
