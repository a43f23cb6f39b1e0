#!/usr/bin/env bash
# One would guess that a reader who asks for Chinese gets the Chinese page, if there is one. To @formatjs/intl-localematcher, `zh` among a
# site's languages is Chinese in simplified characters, and zh-TW and zh-HK are in traditional ones, which it finds too far
# away: with "zh-TW,zh-Hant;q=0.9" they get the default, say English. A browser that adds a plain zh gets Chinese, so it depends on the
# browser. At the same time, it finds French near enough to Wolof, and Spanish to Basque. Its algorithm `lookup`, and negotiator, with which
# Express chooses, give zh. What helps: `lookup`, or to add `zh-Hant` to the languages, and show zh for it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @formatjs/intl-localematcher@0.10.1 negotiator@1.1.0 > /dev/null

cat > try.mjs << 'JS'
import { match } from '@formatjs/intl-localematcher'
import Negotiator from 'negotiator'
for (const [header, languages] of [
  ['zh-TW,zh-Hant;q=0.9', ['en', 'zh']],
  ['zh-TW,zh-Hant;q=0.9', ['en', 'zh', 'zh-Hant']],
  ['zh-HK', ['en', 'zh']],
  ['zh-TW,zh;q=0.9,en;q=0.8', ['en', 'zh']],
  ['zh-CN', ['en', 'zh']],
  ['wo', ['en', 'fr']],
  ['eu', ['en', 'es']],
]) {
  const asked = new Negotiator({ headers: { 'accept-language': header } })
  const best = match(asked.languages(), languages, 'en')
  const lookup = match(asked.languages(), languages, 'en', { algorithm: 'lookup' })
  console.log(`${header} of ${languages}: ${best}; by lookup ${lookup}, by negotiator ${asked.language(languages) ?? 'none'}`)
}
JS
echo "@formatjs/intl-localematcher 0.10.1, negotiator $(node -p "require('negotiator/package.json').version")"
node try.mjs | tee seen
[ "$(cat seen)" = 'zh-TW,zh-Hant;q=0.9 of en,zh: en; by lookup zh, by negotiator zh
zh-TW,zh-Hant;q=0.9 of en,zh,zh-Hant: zh-Hant; by lookup zh, by negotiator zh
zh-HK of en,zh: en; by lookup zh, by negotiator zh
zh-TW,zh;q=0.9,en;q=0.8 of en,zh: zh; by lookup zh, by negotiator zh
zh-CN of en,zh: zh; by lookup zh, by negotiator zh
wo of en,fr: fr; by lookup en, by negotiator none
eu of en,es: es; by lookup en, by negotiator none' ]
