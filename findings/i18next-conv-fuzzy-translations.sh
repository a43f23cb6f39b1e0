#!/usr/bin/env bash
# One would guess that the translations of a gettext file are those that gettext itself uses. If a sentence changes, msgmerge keeps the
# translation of the most similar one before, as `fuzzy`, for a translator to look at, and msgfmt leaves it out until then.
# i18next-conv writes it like the others. "You have been charged." and "You have not been charged." are similar, so a buyer reads the
# opposite, in each language at once, from the moment that the sentence is changed. An entry without a translation is an empty text,
# instead of the original. What helps: `msgattrib --no-fuzzy --translated` before, or po2json, which leaves fuzzy ones out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund i18next-conv@16.0.0 i18next@25.6.0 > /dev/null
apt-get download -qq gettext=0.21-12 gettext-base=0.21-12 libunistring2=1.0-2 libgomp1=12.2.0-14+deb12u1 \
  libxml2=2.9.14+dfsg-1.3~deb12u6 libicu72=72.1-3+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

head='msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
# shellcheck disable=SC2059
{
  printf "$head"'msgid "You have been charged."\nmsgstr "Ihr Konto wurde belastet."\n' > de.po
  printf "$head"'msgid "You have not been charged."\nmsgstr ""\n\nmsgid "Please wait."\nmsgstr ""\n' > shop.pot
}
usr/bin/msgmerge --quiet de.po shop.pot > merged.po
usr/bin/msgattrib --no-fuzzy --translated merged.po > checked.po

cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import i18next from 'i18next'
import { gettextToI18next } from 'i18next-conv'
for (const file of ['merged.po', 'checked.po']) {
  const text = readFileSync(file, 'utf8')
  const translation = text.trim() === '' ? {} : JSON.parse(await gettextToI18next('de', text))
  const i18n = i18next.createInstance()
  await i18n.init({ lng: 'de', nsSeparator: false, keySeparator: false, showSupportNotice: false, resources: { de: { translation } } })
  for (const key of ['You have not been charged.', 'Please wait.']) console.log(`${file}: ${key} → ${i18n.t(key) || '(empty)'}`)
}
JS
{
  echo "msgfmt: $(usr/bin/msgfmt --statistics -o shop.mo merged.po 2>&1)"
  node try.mjs
} > seen
echo 'i18next-conv 16.0.0, i18next 25.6.0, gettext 0.21'
cat seen
[ "$(cat seen)" = 'msgfmt: 0 translated messages, 1 fuzzy translation, 1 untranslated message.
merged.po: You have not been charged. → Ihr Konto wurde belastet.
merged.po: Please wait. → (empty)
checked.po: You have not been charged. → You have not been charged.
checked.po: Please wait. → Please wait.' ]
