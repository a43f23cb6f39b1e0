#!/usr/bin/env bash
# One would guess that the type of an item's `enclosure` stands in each feed as it was given. `feed` makes the type in Atom from what
# stands behind the last point of the address, as a kind of picture: a PDF given as `application/pdf` becomes `image/pdf`, and an
# address without a point `image//files/42`, whatever was said. RSS has the given type; for `image`, which takes an address only, both
# make it up. What helps: RSS or JSON for what isn't a picture, and addresses of pictures that end as their type does (`.jpeg`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts feed@6.0.0 > /dev/null

cat > try.mjs << 'JS'
import { Feed } from 'feed'
const feed = new Feed({ title: 'A shop', id: 'https://shop.example/', link: 'https://shop.example/', updated: new Date(0) })
const add = (more) => feed.addItem({ title: 'Bread', link: 'https://shop.example/bread', date: new Date(0), ...more })
for (const path of ['files/recipe.pdf', 'files/42'])
  add({ enclosure: { url: `https://shop.example/${path}`, length: 1234, type: 'application/pdf' } })
for (const path of ['pictures/42', 'bread.jpg', 'bread.jpeg']) add({ image: `https://shop.example/${path}` })
const show = (text, tag) => [...text.matchAll(tag)].map(([, type]) => type).join(', ')
console.log('RSS: ', show(feed.rss2(), /<enclosure [^>]*type="([^"]*)"/g))
console.log('Atom:', show(feed.atom1(), /rel="enclosure" [^>]*type="([^"]*)"/g))
JS
seen=$(node try.mjs)
echo 'feed 6.0.0'
echo "$seen"
[ "$seen" = 'RSS:  application/pdf, application/pdf, image//pictures/42, image/jpg, image/jpeg
Atom: image/pdf, image//files/42, image//pictures/42, image/jpg, image/jpeg' ]
