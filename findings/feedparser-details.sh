#!/usr/bin/env bash
# One would guess that what cleans the texts of a feed takes an element with all that belongs to it, or leaves it. feedparser, the library
# of most feed readers in Python, keeps <details> and removes the tags of the <summary> in it, so its words run into what was to be
# folded away, and a browser writes a label of its own above both. It keeps <source> and removes the <picture> around it, and keeps <img>
# without its srcset. What helps: words of a summary that end with a point, and a picture's smallest form in src.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-feedparser=6.0.10-1 python3-sgmllib3k=1.0.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

cat > try.py << 'PY'
import feedparser

TEXT = """<details><summary>How long</summary>Two hours</details>
<picture><source srcset="a.avif"><img src="a.png" srcset="a2.png 2x" alt="A loaf"></picture>"""
ESCAPED = TEXT.replace("<", "&lt;")
FEED = f"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Bread</title><id>urn:bread</id><updated>2026-11-30T00:00:00Z</updated>
<entry><title>Rye</title><id>urn:rye</id><updated>2026-11-30T00:00:00Z</updated><content type="html">{ESCAPED}</content></entry>
</feed>"""
feed = feedparser.parse(FEED)
print(feedparser.__version__)
print(feed.entries[0].content[0].value)
PY
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = '6.0.10
<details>How longTwo hours</details>
<source /><img alt="A loaf" src="a.png" />' ]
