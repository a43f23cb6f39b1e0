#!/usr/bin/env bash
# One would guess that a reader of WebVTT knows that a caption may have a name: a line before its times, of any letters. subtitle takes
# only digits for one, as in SubRip. The name of the second caption and of each later one becomes the end of the caption before it, with
# an empty line between them, and is shown: `Tea`, and below it `chapter-2`. If the first caption has a name, it is an error, so it
# depends on the first line whether a file can't be read or is read wrongly. Chapters and translations of captions are
# referred to by such names. node-webvtt and ffmpeg read the same file as it was meant. What helps: another reader, or names of digits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @ffmpeg-installer/ffmpeg@1.1.0 subtitle@4.2.2 node-webvtt@1.9.4 > /dev/null
ffmpeg=$(node -p "require('@ffmpeg-installer/ffmpeg').path")
chmod +x "$ffmpeg"

cat > named.vtt << 'VTT'
WEBVTT

00:01.000 --> 00:02.000
Tea

chapter-2
00:03.000 --> 00:04.000
Cups

last words
00:05.000 --> 00:06.000
Goodbye
VTT
sed '2a chapter-1' named.vtt > all-named.vtt
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import webvtt from 'node-webvtt'
import { parseSync } from 'subtitle'
const read = {
  'node-webvtt': (text) => webvtt.parse(text).cues.map((cue) => cue.text),
  subtitle: (text) => parseSync(text).filter(({ type }) => type === 'cue').map(({ data }) => data.text),
}
for (const file of ['named.vtt', 'all-named.vtt']) {
  for (const [name, parse] of Object.entries(read)) {
    try {
      console.log(`${file}, ${name}: ${JSON.stringify(parse(readFileSync(file, 'utf8')))}`)
    } catch (error) {
      console.log(`${file}, ${name}: ${error.message}`)
    }
  }
}
JS
echo 'subtitle 4.2.2, node-webvtt 1.9.4'
{
  node try.mjs
  "$ffmpeg" -v error -i named.vtt named.srt
  echo "named.vtt, ffmpeg: $(grep -v '^[0-9]*$\|-->' named.srt | tr '\n' ' ')"
} | tee seen
[ "$(cat seen)" = 'named.vtt, node-webvtt: ["Tea","Cups","Goodbye"]
named.vtt, subtitle: ["Tea\n\nchapter-2","Cups\n\nlast words","Goodbye"]
all-named.vtt, node-webvtt: ["Tea","Cups","Goodbye"]
all-named.vtt, subtitle: expected timestamp at row 3, but received: "chapter-1"
named.vtt, ffmpeg: Tea Cups Goodbye ' ]
