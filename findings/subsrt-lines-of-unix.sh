#!/usr/bin/env bash
# One would guess that subtitles which a library recognises as SRT are read, wherever they were saved. subsrt ends a caption at an
# empty line with the line breaks of Windows. In a file with those of Unix, which most programs write, and ffmpeg as well, there is
# none, so it is one caption: the whole film is shown in its first second, with numbers and times as text, and nothing after it. It
# isn't reported. `convert` to WebVTT keeps the times of the other captions in SRT's form, with a comma, so that it even looks right.
# `subtitle` and srt-parser-2 read both. What helps: one of those, or `text.replace(/\r?\n/g, '\r\n')` before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund subsrt@1.1.1 subtitle@4.2.2 srt-parser-2@1.2.3 > /dev/null

cat > read.mjs << 'JS'
import SrtParser from 'srt-parser-2'
import subsrt from 'subsrt'
import { parseSync } from 'subtitle'
const unix = ['1', '00:00:01,000 --> 00:00:02,000', 'Tea?', '', '2', '00:00:03,000 --> 00:00:04,000', 'Please.', ''].join('\n')
for (const [name, text] of Object.entries({ Windows: unix.replaceAll('\n', '\r\n'), Unix: unix })) {
  const captions = subsrt.parse(text)
  console.log(`subsrt, ${name}: ${subsrt.detect(text)}, ${captions.length} captions, the first is ${JSON.stringify(captions[0].text.trim())}`)
  console.log(`  as WebVTT: ${subsrt.convert(text, { format: 'vtt' }).match(/^.*-->.*$/gm).map((line) => line.trim()).join('; ')}`)
  const others = [parseSync(text), new (SrtParser.default ?? SrtParser)().fromSrt(text)]
  console.log(`  subtitle, srt-parser-2: ${others.map(({ length }) => length).join(' and ')} captions`)
}
JS
echo 'subsrt 1.1.1, subtitle 4.2.2, srt-parser-2 1.2.3'
node read.mjs | tee seen
[ "$(cat seen)" = 'subsrt, Windows: srt, 2 captions, the first is "Tea?"
  as WebVTT: 00:00:01.000 --> 00:00:02.000; 00:00:03.000 --> 00:00:04.000
  subtitle, srt-parser-2: 2 and 2 captions
subsrt, Unix: srt, 1 captions, the first is "Tea?\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nPlease."
  as WebVTT: 00:00:01.000 --> 00:00:02.000; 00:00:03,000 --> 00:00:04,000
  subtitle, srt-parser-2: 2 and 2 captions' ]
