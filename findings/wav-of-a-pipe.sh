#!/usr/bin/env bash
# One would guess that a clip of two seconds is two seconds long, in a file or from a pipe. A WAV begins with the size of what
# follows, which ffmpeg can't know when it writes into a pipe, as a program that starts it and reads its output has it do. It
# writes the largest number, and says nothing. The file plays, and Python's own wave module, mutagen and sox say that it lasts 13
# and a half hours; music-metadata and ffprobe look at the size of the file, and say 2 seconds. A FLAC from a pipe lasts 0 seconds,
# or has no length. What helps: a real file instead of the pipe, or a second ffmpeg that reads it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-mutagen=1.46.0-1 sox=14.4.2+git20190427-3.5 libsox3=14.4.2+git20190427-3.5 libsox-fmt-base=14.4.2+git20190427-3.5 \
  libgsm1=1.0.22-1 libltdl7=2.4.7-7~deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=usr/lib/python3/dist-packages LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund @ffmpeg-installer/ffmpeg@1.1.0 @ffprobe-installer/ffprobe@2.1.2 music-metadata@11.16.1 > /dev/null
ffmpeg=$(node -p "require('@ffmpeg-installer/ffmpeg').path") ffprobe=$(node -p "require('@ffprobe-installer/ffprobe').path")
chmod +x "$ffmpeg" "$ffprobe"

for type in wav flac; do
  "$ffmpeg" -v error -f lavfi -i sine=440:d=2 file.$type
  "$ffmpeg" -v error -f lavfi -i sine=440:d=2 -f $type - | cat > pipe.$type
done
cat > read.mjs << 'JS'
import { parseFile } from 'music-metadata'
const { duration } = (await parseFile(process.argv[2])).format
console.log(duration === undefined ? 'nothing' : Math.round(duration))
JS
wave() { /usr/bin/python3 -c "import wave; file = wave.open('$1'); print(round(file.getnframes() / file.getframerate()))"; }
echo "$("$ffmpeg" -version | head -n 1 | cut -d ' ' -f 1-3), $(/usr/bin/python3 --version), mutagen 1.46.0, sox 14.4.2, music-metadata 11.16.1"
for name in file.wav pipe.wav file.flac pipe.flac; do
  echo "$name: mutagen $(/usr/bin/python3 -c "import mutagen; print(round(mutagen.File('$name').info.length))"), $(
    [ "${name#*.}" = flac ] || echo "wave $(wave $name), sox $(usr/bin/soxi -D $name | cut -d . -f 1), "
  )ffprobe $("$ffprobe" -v error -show_entries format=duration -of csv=p=0 $name | cut -d . -f 1), music-metadata $(node read.mjs $name)"
done | tee seen
[ "$(cat seen)" = 'file.wav: mutagen 2, wave 2, sox 2, ffprobe 2, music-metadata 2
pipe.wav: mutagen 48696, wave 48696, sox 48695, ffprobe 2, music-metadata 2
file.flac: mutagen 2, ffprobe 2, music-metadata 2
pipe.flac: mutagen 0, ffprobe N/A, music-metadata nothing' ]
