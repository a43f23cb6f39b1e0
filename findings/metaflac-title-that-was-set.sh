#!/usr/bin/env bash
# One would guess that setting the title of a recording replaces the one that it had. metaflac's `--set-tag` adds another one: the file has
# two titles, and each program shows something else. mutagen gives a list of both, whose first is the old one, music-metadata shows the
# new one, and ffprobe `Old;New`. A script that corrects tags each night adds one each night. `metaflac --help` says that the option
# adds a tag, and its name says otherwise. What helps: `--remove-tag=TITLE` in front of it, in the same call.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq flac=1.4.2+ds-2 libflac12=1.4.2+ds-2 libogg0=1.3.5-3 python3-mutagen=1.46.0-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu PYTHONPATH=usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund @ffmpeg-installer/ffmpeg@1.1.0 @ffprobe-installer/ffprobe@2.1.2 music-metadata@11.16.1 > /dev/null
ffmpeg=$(node -p "require('@ffmpeg-installer/ffmpeg').path") ffprobe=$(node -p "require('@ffprobe-installer/ffprobe').path")
chmod +x "$ffmpeg" "$ffprobe"

show() {
  echo "$1: mutagen $(/usr/bin/python3 -c "import mutagen; print(mutagen.File('$1')['title'])"), music-metadata $(
    node read.mjs "$1"), ffprobe $("$ffprobe" -v error -show_entries format_tags=title -of csv=p=0 "$1")"
}
cat > read.mjs << 'JS'
import { parseFile } from 'music-metadata'
console.log((await parseFile(process.argv[2])).common.title)
JS
"$ffmpeg" -v error -f lavfi -i sine=d=1 -metadata title=Old first.flac
cp first.flac set.flac
cp first.flac removed.flac
usr/bin/metaflac --set-tag=TITLE=New set.flac
usr/bin/metaflac --remove-tag=TITLE --set-tag=TITLE=New removed.flac
echo "$(usr/bin/metaflac --version), mutagen 1.46.0, music-metadata 11.16.1, $("$ffprobe" -version | head -n 1 | cut -d ' ' -f 1-3)"
for name in first set removed; do show $name.flac; done | tee seen
[ "$(cat seen)" = 'first.flac: mutagen ['\''Old'\''], music-metadata Old, ffprobe Old
set.flac: mutagen ['\''Old'\'', '\''New'\''], music-metadata New, ffprobe Old;New
removed.flac: mutagen ['\''New'\''], music-metadata New, ffprobe New' ]
