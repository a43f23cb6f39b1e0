#!/usr/bin/env bash
# One would guess that a full-text search for coffee finds what is called "Tea/Coffee". PostgreSQL's parser knows files, hosts
# and versions: two words with a slash between them are the path of a file, and with a point a host, and either is one word that
# can't be found by its parts. A hyphen, a comma or an underscore separates, and a hyphenated word is found as a whole and by
# its parts. "and/or" is a path as well. It is so for each dictionary, since the parser comes before. The manual lists the kinds
# of words, but not what follows for a search. What helps: to index `translate(title, '/.', '  ')`, and to search by it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
const { rows: [{ version }] } = await db.query(`SELECT split_part(version(), ' (', 1) AS version`)
console.log(version)
for (const title of ['Tea/Coffee', 'Tea.Coffee', 'Tea-Coffee', 'Tea & Coffee', 'Tea, Coffee']) {
  const { rows: [found] } = await db.query(
    `SELECT to_tsvector('english', $1)::text AS words,
      to_tsvector('english', $1) @@ plainto_tsquery('english', 'coffee') AS plain,
      to_tsvector('english', translate($1, '/.', '  ')) @@ plainto_tsquery('english', 'coffee') AS replaced`,
    [title],
  )
  const say = (is) => (is ? 'found' : 'not found')
  console.log(`${title}: ${say(found.plain)}, ${found.words}; replaced: ${say(found.replaced)}`)
}
JS
node try.mjs | tee seen
[ "$(cat seen)" = 'PostgreSQL 18.7
Tea/Coffee: not found, '\''tea/coffee'\'':1; replaced: found
Tea.Coffee: not found, '\''tea.coffee'\'':1; replaced: found
Tea-Coffee: found, '\''coffe'\'':3 '\''tea'\'':2 '\''tea-coffe'\'':1; replaced: found
Tea & Coffee: found, '\''coffe'\'':2 '\''tea'\'':1; replaced: found
Tea, Coffee: found, '\''coffe'\'':2 '\''tea'\'':1; replaced: found' ]
