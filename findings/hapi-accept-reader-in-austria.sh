#!/usr/bin/env bash
# One would guess that a reader whose browser asks for `de-AT, en;q=0.5` gets the German page of a shop in English and German.
# `language()` of @hapi/accept compares whole tags: `de-AT` isn't `de`, so it is English, and for `de-AT` alone the answer is an
# empty text. Chrome adds the plain language behind it, so one's own browser shows German; other programs send what the system
# is set to. negotiator, by which Express, Koa and Fastify choose, and Hono's languageDetector take `de`. RFC 4647 calls that
# lookup. What helps: `@hapi/accept` with each language of the request cut at its hyphen, or negotiator.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @hapi/accept@6.0.3 negotiator@1.1.0 hono@4.13.19 > /dev/null

cat > try.mjs << 'JS'
import accept from '@hapi/accept'
import { Hono } from 'hono'
import { languageDetector } from 'hono/language'
import Negotiator from 'negotiator'
const supportedLanguages = ['en', 'de']
const hono = new Hono().use(languageDetector({ supportedLanguages, fallbackLanguage: 'en' })).get('/', (c) => c.text(c.get('language')))
for (const asked of ['de', 'de-AT', 'de-AT, en;q=0.5', 'de-AT, de;q=0.9, en;q=0.8']) {
  const headers = { 'accept-language': asked }
  const byHono = await (await hono.request('/', { headers })).text()
  const byNegotiator = new Negotiator({ headers }).language(supportedLanguages)
  console.log(`${asked}: @hapi/accept "${accept.language(asked, supportedLanguages)}", negotiator "${byNegotiator}", hono "${byHono}"`)
}
JS
echo '@hapi/accept 6.0.3, negotiator 1.1.0, hono 4.13.19'
node try.mjs | tee seen
[ "$(cat seen)" = 'de: @hapi/accept "de", negotiator "de", hono "de"
de-AT: @hapi/accept "", negotiator "de", hono "de"
de-AT, en;q=0.5: @hapi/accept "en", negotiator "de", hono "de"
de-AT, de;q=0.9, en;q=0.8: @hapi/accept "de", negotiator "de", hono "de"' ]
