#!/usr/bin/env bash
# One would guess that the length of an MP3 is that of what one hears. It is written in the first frame, if at all. A jingle and an
# episode that are joined with `cat`, which players play to the end, keep the jingle's: mutagen and music-metadata say 2 seconds
# instead of 22, also with `duration: true`, which makes music-metadata read the file when there is no length. What ffmpeg writes
# into a pipe has none, as it can't go back to the first frame: mutagen goes by the bitrate of the beginning, 6 seconds instead of 20.
# Each is what a feed would have as `itunes:duration`. get-mp3-duration counts the frames. What helps: that, or ffmpeg with
# `-f concat -c copy` and a real file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-mutagen=1.46.0-1 2> /dev/null
dpkg -x python3-mutagen_*.deb .
export PYTHONPATH=usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund @ffmpeg-installer/ffmpeg@1.1.0 music-metadata@11.16.1 get-mp3-duration@1.0.0 > /dev/null
ffmpeg=$(node -p "require('@ffmpeg-installer/ffmpeg').path")
chmod +x "$ffmpeg"

# noise SECONDS FILE
noise() { "$ffmpeg" -v error -y -f lavfi -i "anoisesrc=d=$1:a=0.3:seed=1" -q:a 4 -f mp3 "$2"; }
noise 2 jingle.mp3
noise 20 episode.mp3
cat jingle.mp3 episode.mp3 > joined.mp3
noise 20 - | cat > piped.mp3
printf "file '%s.mp3'\n" jingle episode > list
"$ffmpeg" -v error -f concat -i list -c copy concat.mp3
cat > read.mjs << 'JS'
import { readFileSync } from 'node:fs'
import getMp3Duration from 'get-mp3-duration'
import { parseFile } from 'music-metadata'
const file = process.argv[2]
const seconds = (number) => (number === undefined ? 'nothing' : Math.round(number))
const [quick, whole] = [await parseFile(file), await parseFile(file, { duration: true })]
console.log(`music-metadata ${seconds(quick.format.duration)}, with duration ${seconds(whole.format.duration)}, get-mp3-duration ${seconds(getMp3Duration(readFileSync(file)) / 1000)}`)
JS
echo "$("$ffmpeg" -version | head -n 1 | cut -d ' ' -f 1-3), mutagen 1.46.0, music-metadata 11.16.1, get-mp3-duration 1.0.0"
for name in jingle episode joined concat piped; do
  echo "$name: mutagen $(/usr/bin/python3 -c "import mutagen; print(round(mutagen.File('$name.mp3').info.length))"), $(node read.mjs $name.mp3)"
done | tee seen
[ "$(cat seen)" = 'jingle: mutagen 2, music-metadata 2, with duration 2, get-mp3-duration 2
episode: mutagen 20, music-metadata 20, with duration 20, get-mp3-duration 20
joined: mutagen 2, music-metadata 2, with duration 2, get-mp3-duration 22
concat: mutagen 22, music-metadata 22, with duration 22, get-mp3-duration 22
piped: mutagen 6, music-metadata nothing, with duration 20, get-mp3-duration 20' ]
