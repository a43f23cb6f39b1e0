#!/usr/bin/env bash
# One would guess that a new title for a recording leaves its artists alone. In ID3v2.4, which mutagen writes, a tag can have several
# values, with a zero byte between them. `update` of node-id3 reads all tags, drops those bytes, and writes it all as version 2.3:
# two artists, Ann and Bob, are AnnBob from then on, two genres are one word, and of two comments in two languages one is left. ffmpeg,
# which only copies the sound, keeps the first artist and the first genre, and no comment, but one in a field of its own. No message,
# and each tool shows what it has written. music-metadata reads both artists. What helps: mutagen for all changes, or one artist
# such as `Ann and Bob`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-mutagen=1.46.0-1 2> /dev/null
dpkg -x python3-mutagen_*.deb .
export PYTHONPATH=usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund @ffmpeg-installer/ffmpeg@1.1.0 music-metadata@11.16.1 node-id3@0.2.9 > /dev/null
ffmpeg=$(node -p "require('@ffmpeg-installer/ffmpeg').path")
chmod +x "$ffmpeg"

cat > tag.py << 'PY'
from mutagen.id3 import COMM, ID3, TCON, TIT2, TPE1

tags = ID3()
tags.add(TIT2(encoding=3, text="Te"))
tags.add(TPE1(encoding=3, text=["Ann", "Bob"]))
tags.add(TCON(encoding=3, text=["Talk", "Music"]))
tags.add(COMM(encoding=3, lang="eng", desc="", text="About tea"))
tags.add(COMM(encoding=3, lang="deu", desc="", text="Von Tee"))
tags.save("talk.mp3")
PY
cat > look.py << 'PY'
import sys

from mutagen.id3 import ID3

tags = ID3(sys.argv[1])
show = lambda name: "; ".join(" + ".join(tag.text) for tag in tags.getall(name)) or "none"
print(f"title {show('TIT2')}, artists {show('TPE1')}, genres {show('TCON')}, comments {show('COMM')}")
PY
cat > look.mjs << 'JS'
import { parseFile } from 'music-metadata'
const { artists } = (await parseFile(process.argv[2])).common
console.log(`artists ${artists.join(' + ')} to music-metadata`)
JS
"$ffmpeg" -v error -f lavfi -i sine=440:d=1 -map_metadata -1 talk.mp3
/usr/bin/python3 tag.py
cp talk.mp3 node-id3.mp3
node -e "if (require('node-id3').update({ title: 'Tea' }, 'node-id3.mp3') !== true) process.exit(1)"
"$ffmpeg" -v error -i talk.mp3 -c copy -metadata title=Tea ffmpeg.mp3
cp talk.mp3 mutagen.mp3
/usr/bin/python3 -c "from mutagen.id3 import ID3, TIT2; tags = ID3('mutagen.mp3'); tags.add(TIT2(encoding=3, text='Tea')); tags.save()"
echo "mutagen 1.46.0, node-id3 0.2.9, $("$ffmpeg" -version | head -n 1 | cut -d ' ' -f 1-3), music-metadata 11.16.1"
for name in talk mutagen node-id3 ffmpeg; do
  echo "$name: $(/usr/bin/python3 look.py $name.mp3); $(node look.mjs $name.mp3)"
done | tee seen
[ "$(cat seen)" = 'talk: title Te, artists Ann + Bob, genres Talk + Music, comments Von Tee; About tea; artists Ann + Bob to music-metadata
mutagen: title Tea, artists Ann + Bob, genres Talk + Music, comments Von Tee; About tea; artists Ann + Bob to music-metadata
node-id3: title Tea, artists AnnBob, genres TalkMusic, comments About tea; artists AnnBob to music-metadata
ffmpeg: title Tea, artists Ann, genres Talk, comments none; artists Ann to music-metadata' ]
