#!/usr/bin/env bash
# One would guess that a backslash before a letter is a backslash in Markdown: CommonMark says so. pandoc's Markdown has TeX in it, and a
# backslash with letters behind it is one of its commands. HTML, EPUB and plain text have no use for it, and leave it out with its name
# and the blank behind it, without a message: `Save it in C:\Tea\prices today` is `Save it in C:today`. What a command takes goes with
# it, so `Use \n or \r here` is `Use or ere`. With digits behind the backslash, nothing is lost. pandoc's manual calls it raw TeX, and
# says that other formats ignore it. What helps: code (`` `C:\Tea` ``), `--from commonmark` or `--from markdown-raw_tex`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq pandoc=2.17.1.1-2~deb12u1 pandoc-data=2.17.1.1-2~deb12u1 liblua5.3-0=5.3.6-2 libyaml-0-2=0.2.5-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
pandoc() { usr/bin/pandoc --data-dir=usr/share/pandoc/data "$@"; }

pandoc --version | head -n 1
for text in 'Save it in C:\Tea\prices today' 'Use \n or \r here' 'Save it in C:\2026\5' 'Save it in `C:\Tea\prices` today'; do
  echo "$text"
  for format in markdown markdown-raw_tex commonmark; do
    echo "  from $format: $(pandoc --from $format --to html <<< "$text")"
  done
done | tee seen
[ "$(cat seen)" = 'Save it in C:\Tea\prices today
  from markdown: <p>Save it in C:today</p>
  from markdown-raw_tex: <p>Save it in C:\Tea\prices today</p>
  from commonmark: <p>Save it in C:\Tea\prices today</p>
Use \n or \r here
  from markdown: <p>Use or ere</p>
  from markdown-raw_tex: <p>Use \n or \r here</p>
  from commonmark: <p>Use \n or \r here</p>
Save it in C:\2026\5
  from markdown: <p>Save it in C:\2026\5</p>
  from markdown-raw_tex: <p>Save it in C:\2026\5</p>
  from commonmark: <p>Save it in C:\2026\5</p>
Save it in `C:\Tea\prices` today
  from markdown: <p>Save it in <code>C:\Tea\prices</code> today</p>
  from markdown-raw_tex: <p>Save it in <code>C:\Tea\prices</code> today</p>
  from commonmark: <p>Save it in <code>C:\Tea\prices</code> today</p>' ]
