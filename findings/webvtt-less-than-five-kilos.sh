#!/usr/bin/env bash
# One would guess that a program which makes WebVTT of SubRip captions makes the same captions. In WebVTT, `<` begins a tag, and is written
# as `&lt;` in a text; SubRip has no such rule. ffmpeg and subtitle copy the text as it is, so of `Bags < 5 kg are 6 euros, > 5 kg are 9`
# a browser shows what comes before the `<` and behind the next `>`: `Bags  5 kg are 9`, with another price. Without a `>`, the rest of
# the caption is gone. ffmpeg reads its own file in this way, too. vtt.js, which Mozilla has made, agrees. What helps: `<` and `&`
# that are replaced before, or words.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @ffmpeg-installer/ffmpeg@1.1.0 subtitle@4.2.2 vtt.js@0.13.0 jsdom@29.1.1 > /dev/null
ffmpeg=$(node -p "require('@ffmpeg-installer/ffmpeg').path")
chmod +x "$ffmpeg"

cat > captions.srt << 'SRT'
1
00:00:01,000 --> 00:00:02,000
Bags < 5 kg are 6 euros, > 5 kg are 9

2
00:00:03,000 --> 00:00:04,000
We <3 tea, and here is why
SRT
cat > subtitle.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { parseSync, stringifySync } from 'subtitle'
process.stdout.write(stringifySync(parseSync(readFileSync('captions.srt', 'utf8')), { format: 'WebVTT' }))
JS
cat > show.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { JSDOM } from 'jsdom'
const { window } = new JSDOM('')
Object.assign(globalThis, { window, document: window.document })
const { WebVTT } = (await import('vtt.js')).default
for (const line of readFileSync(0, 'utf8').split('\n').filter((line) => /tea|kg/.test(line))) {
  console.log(`written: ${line}; shown: ${WebVTT.convertCueToDOMTree(window, line).textContent}`)
}
JS
"$ffmpeg" -v error -i captions.srt ffmpeg.vtt
"$ffmpeg" -v error -i ffmpeg.vtt back.srt
node subtitle.mjs > subtitle.vtt
echo "$("$ffmpeg" -version | head -n 1 | cut -d ' ' -f 1-3), subtitle 4.2.2, vtt.js 0.13.0"
{
  for name in ffmpeg subtitle; do echo "$name"; node show.mjs < $name.vtt; done
  echo 'ffmpeg, read back by itself'
  grep -v '^[0-9]*$\|-->' back.srt
} | tee seen
[ "$(cat seen)" = 'ffmpeg
written: Bags < 5 kg are 6 euros, > 5 kg are 9; shown: Bags  5 kg are 9
written: We <3 tea, and here is why; shown: We 
subtitle
written: Bags < 5 kg are 6 euros, > 5 kg are 9; shown: Bags  5 kg are 9
written: We <3 tea, and here is why; shown: We 
ffmpeg, read back by itself
Bags  5 kg are 9
We ' ]
