#!/usr/bin/env bash
# One would guess that a reader leaves the id of an entry as it is: all that it is for is to be compared. feedparser makes an Atom id a
# URL, with the feed's address as its base, and leaves the guid of RSS as it is written. So the same entry is another one when the
# feed moves, or is read from a file, or is offered as Atom and as RSS. What helps: ids that are whole URIs, like urn: or tag: (as
# Atom's specification asks).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-feedparser=6.0.10-1 python3-sgmllib3k=1.0.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

cat > try.py << 'PY'
import feedparser

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Rye</title><id>{0}</id></entry></feed>"""
RSS = """<rss version="2.0"><channel><item><title>Rye</title><guid isPermaLink="false">{0}</guid></item></channel></rss>"""


def id_of(feed, id, address):
    return feedparser.parse(feed.format(id), response_headers={"content-location": address}).entries[0].id


print(feedparser.__version__)
for id in ["bread/rye", "tag:shop.example,2026:rye"]:
    for name, feed in [("Atom", ATOM), ("RSS", RSS)]:
        for address in ["https://shop.example/feed", "https://other.example/feed"]:
            print(name, id, "->", id_of(feed, id, address))
PY
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = '6.0.10
Atom bread/rye -> https://shop.example/bread/rye
Atom bread/rye -> https://other.example/bread/rye
RSS bread/rye -> bread/rye
RSS bread/rye -> bread/rye
Atom tag:shop.example,2026:rye -> tag:shop.example,2026:rye
Atom tag:shop.example,2026:rye -> tag:shop.example,2026:rye
RSS tag:shop.example,2026:rye -> tag:shop.example,2026:rye
RSS tag:shop.example,2026:rye -> tag:shop.example,2026:rye' ]
