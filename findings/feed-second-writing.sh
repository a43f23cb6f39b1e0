#!/usr/bin/env bash
# One would guess that a Feed can be written any number of times: RSS now, RSS again for the next reader. Writing a podcast as RSS
# changes the episode that was added: its duration is taken out of it, into the first document, and every later one has none. It
# is the caller's own object that loses it. What helps: add a copy of each episode, or build the feed anew for each document.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund feed@5.1.0 > /dev/null

cat > try.cjs << 'JS'
const { Feed } = require('feed')
const about = { title: 'Bread', id: 'https://example.org/', link: 'https://example.org/', copyright: '', updated: new Date(0) }
const feed = new Feed({ ...about, podcast: true })
const audio = { url: 'https://example.org/1.mp3', type: 'audio/mpeg', length: 10, duration: 75 }
feed.addItem({ title: 'Sourdough', link: 'https://example.org/1', date: new Date(0), audio })
for (const which of ['first', 'second'])
  console.log(`${which} RSS: ${feed.rss2().match(/<itunes:duration>[^<]*/) ?? 'no duration'}`)
console.log(`the episode’s own duration: ${audio.duration}`)
JS
node try.cjs | tee seen
[ "$(cat seen)" = 'first RSS: <itunes:duration>01:15
second RSS: no duration
the episode’s own duration: undefined' ]
