#!/usr/bin/env bash
# One would guess that a library which changes a page in place, instead of replacing it, leaves alone what somebody is
# typing. Here the server sends a cart again, since tea is sold out, while somebody has typed a note and 5 cups. morphdom,
# idiomorph (of htmx and Turbo) and nanomorph set each field to what the server sent, as a new page would: the note is
# empty, and 5 cups are 1. Alpine’s morph keeps them, but by their place: the 7 that was typed for tea is the number of cups
# now, under the name of the cups, although both rows have an id. It looks for an attribute `key`. What helps: `key` for
# Alpine; for the others a function that skips fields which differ from their default value.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @alpinejs/morph@3.17.4 alpinejs@3.17.5 idiomorph@0.8.0 jsdom@29.1.1 morphdom@2.7.8 nanomorph@5.4.3 > /dev/null

cat > try.mjs << 'JS'
import { JSDOM } from 'jsdom'
const { window } = new JSDOM('')
const names = ['document', 'Node', 'Element', 'HTMLElement', 'HTMLTemplateElement', 'Document', 'DOMParser', 'CustomEvent', 'MutationObserver']
Object.assign(globalThis, { window }, Object.fromEntries(names.map((name) => [name, window[name]])))
const { Alpine } = (await import('alpinejs')).default
const { Idiomorph } = await import('idiomorph')
const { default: morphdom } = await import('morphdom')
const { default: nanomorph } = await import('nanomorph')
Alpine.plugin((await import('@alpinejs/morph')).default.default)
const element = (html) => Object.assign(document.createElement('template'), { innerHTML: html }).content.firstChild
const row = (id, key) => `<li id="${id}"${key ? ` key="${id}"` : ''}>${id} <input name="${id}" value="1"></li>`
const cart = (ids, key) => `<form><ul>${ids.map((id) => row(id, key)).join('')}</ul><textarea name="note"></textarea></form>`
const changed = ({ tagName, value, defaultValue }) => /^(INPUT|TEXTAREA)$/.test(tagName) && value !== defaultValue
const ways = {
  morphdom: (form, html) => morphdom(form, html),
  idiomorph: (form, html) => Idiomorph.morph(form, html),
  nanomorph: (form, html) => nanomorph(form, element(html)),
  'Alpine with id': (form, html) => Alpine.morph(form, html),
  'Alpine with key': (form, html) => Alpine.morph(form, html),
  'morphdom that skips': (form, html) => morphdom(form, html, { onBeforeElUpdated: (from) => !changed(from) }),
}
for (const [name, morph] of Object.entries(ways)) {
  const key = name.endsWith('key')
  document.body.replaceChildren(element(cart(['tea', 'cups'], key)))
  const form = document.querySelector('form')
  for (const [field, typed] of [['tea', '7'], ['cups', '5'], ['note', 'A gift']]) form.elements[field].value = typed
  morph(form, cart(['cups'], key))
  console.log(`${name}: ${[...new window.FormData(document.querySelector('form'))].map((field) => field.join(' ')).join(', ')}`)
}
process.exit()
JS
echo 'morphdom 2.7.8, idiomorph 0.8.0, nanomorph 5.4.3, @alpinejs/morph 3.17.4'
node try.mjs | tee seen
[ "$(cat seen)" = 'morphdom: cups 1, note 
idiomorph: cups 1, note 
nanomorph: cups 1, note 
Alpine with id: cups 7, note A gift
Alpine with key: cups 5, note A gift
morphdom that skips: cups 5, note A gift' ]
