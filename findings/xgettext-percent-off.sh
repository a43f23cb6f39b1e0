#!/usr/bin/env bash
# One would guess that a message without values is a plain text to a tool that collects messages. xgettext looks for formats: in
# `Take 20% off today`, `% o` is a number in base eight with a blank before it, so it marks the message as `javascript-format` (or as
# `c-format` or `python-format`). From then on, `msgfmt --check-format` takes each translation without such a thing for a fatal error,
# like `Heute 20 % Rabatt`, and the build ends, though no program formats the text. `A 5% discount` is marked too, and `100% wool`
# isn't. The manual says that the marks are guesses. What helps: a comment `xgettext:no-javascript-format` in the source.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq gettext=0.21-12 gettext-base=0.21-12 libgomp1=12.2.0-14+deb12u1 libunistring2=1.0-2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

cat > shop.js << 'JS'
gettext('Take 20% off today')
gettext('A 5% discount')
gettext('100% wool')
// xgettext:no-javascript-format
gettext('Now 20% off')
JS
usr/bin/xgettext --language=JavaScript --from-code=UTF-8 --no-location --output=shop.pot shop.js
cp shop.pot de.po
sed -i 's/CHARSET/UTF-8/
  /^msgid "Take/{n;s/""/"Heute 20 % Rabatt"/}
  /^msgid "Now/{n;s/""/"Jetzt 20 % Rabatt"/}' de.po
usr/bin/xgettext --version | head -n 1
{
  sed -n '/^#, .*format/,$p' shop.pot
  usr/bin/msgfmt --check-format --output-file=de.mo de.po 2> messages && echo 'a success' || sed 's/ Reason:.*//; s/^usr.bin.//' messages
} | tee seen
[ "$(cat seen)" = '#, javascript-format
msgid "Take 20% off today"
msgstr ""

#, javascript-format
msgid "A 5% discount"
msgstr ""

msgid "100% wool"
msgstr ""

#, no-javascript-format
msgid "Now 20% off"
msgstr ""
de.po:22: '\''msgstr'\'' is not a valid JavaScript format string, unlike '\''msgid'\''.
msgfmt: found 1 fatal error' ]
