#!/usr/bin/env bash
# One would guess that three feeds which a library makes from the same items say the same of them. In `feed`, an item's `id` is optional:
# RSS gets a guid and Atom an id from its link. The JSON Feed gets none, and its specification tells readers to discard items without
# one. So the list that two kinds of readers show is empty in the third. What helps: to give each item an `id`, as the link is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts feed@6.0.0 > /dev/null

cat > try.mjs << 'JS'
import { Feed } from 'feed'
const feed = new Feed({ title: 'A shop', id: 'https://shop.example/', link: 'https://shop.example/', updated: new Date(0) })
const link = 'https://shop.example/products/bread'
feed.addItem({ title: 'Bread', link, date: new Date(0) })
feed.addItem({ title: 'Bread, with an id', id: link, link, date: new Date(0) })
const idsIn = (text, tag) => [...text.matchAll(new RegExp(`<${tag}[^>]*>(.*products.*)</${tag}>`, 'g'))].map(([, id]) => id)
console.log('RSS:      ', idsIn(feed.rss2(), 'guid').join(' and '))
console.log('Atom:     ', idsIn(feed.atom1(), 'id').join(' and '))
console.log('JSON Feed:', JSON.parse(feed.json1()).items.map(({ id }) => id ?? 'none').join(' and '))
JS
seen=$(node try.mjs)
echo 'feed 6.0.0'
echo "$seen"
[ "$seen" = 'RSS:       https://shop.example/products/bread and https://shop.example/products/bread
Atom:      https://shop.example/products/bread and https://shop.example/products/bread
JSON Feed: none and https://shop.example/products/bread' ]
