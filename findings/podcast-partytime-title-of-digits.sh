#!/usr/bin/env bash
# One would guess that a title is a text to a reader of podcasts, whatever it consists of. podcast-partytime, which knows all of
# the podcast namespace, lets its XML parser make numbers of what looks like one, and then takes only texts for titles: an episode
# called 1984 has no title, and without a description it isn't in the list at all; only a line of its log says that an item was
# skipped. Its id is changed, too: the episodes 007 and 7 have one id, and so have 1e2 and 100, so that of two one counts as known.
# rss-parser keeps all of them. What helps: ids with a letter or a hyphen in them, and a title such as `Episode 7`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund podcast-partytime@5.0.0 rss-parser@3.13.0 > /dev/null

cat > read.mjs << 'JS'
import { parseFeed } from 'podcast-partytime'
import RssParser from 'rss-parser'
const item = (title, description) =>
  `<item><title>${title}</title>${description}<guid isPermaLink="false">${title}</guid><enclosure url="https://shop.example/a.mp3" length="5" type="audio/mpeg"/></item>`
for (const description of ['<description>A talk</description>', '']) {
  const items = ['Tea', '1984', '007', '7', '1e2', '100'].map((title) => item(title, description)).join('')
  const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Talks</title><link>https://shop.example/</link><description>Talks</description>${items}</channel></rss>`
  const show = (list) => list.map(({ title, guid }) => `${title} (${guid})`).join(', ')
  console.log(description ? 'with a description' : 'without a description')
  console.log(`  podcast-partytime: ${show(parseFeed(feed).items)}`)
  console.log(`  rss-parser: ${show((await new RssParser().parseString(feed)).items)}`)
}
JS
echo 'podcast-partytime 5.0.0, rss-parser 3.13.0'
node read.mjs 2> /dev/null | grep -v '^{' | tee seen
[ "$(cat seen)" = 'with a description
  podcast-partytime: Tea (Tea), undefined (1984), undefined (7), undefined (7), undefined (100), undefined (100)
  rss-parser: Tea (Tea), 1984 (1984), 007 (007), 7 (7), 1e2 (1e2), 100 (100)
without a description
  podcast-partytime: Tea (Tea)
  rss-parser: Tea (Tea), 1984 (1984), 007 (007), 7 (7), 1e2 (1e2), 100 (100)' ]
