#!/usr/bin/env bash
# One would guess that JSON which a function of SQLite has made stays JSON in the next one. SQLite has no type for it: that a text
# is JSON is a mark on the value, which is lost when a subquery is stored in between, for its ORDER BY, its GROUP BY or a join.
# Then the lines of an order are not a list but a text with quotes in it: `order.lines.map is not a function`. In one result, an
# order without lines has the list of its COALESCE, and those with lines have a text. json_extract makes 1 of true on its way into
# another document. The documentation says that the mark is passed by some functions only. What helps: `json(lines)` around it,
# and -> for json_extract.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts sql.js@1.17.0 > /dev/null

cat > try.mjs << 'JS'
import initSqlJs from 'sql.js'
const db = new (await initSqlJs()).Database()
console.log(`SQLite ${db.exec('SELECT sqlite_version()')[0].values[0][0]}`)
db.exec(`CREATE TABLE orders (id INTEGER); INSERT INTO orders VALUES (1), (2);
CREATE TABLE lines (id INTEGER, title TEXT); INSERT INTO lines VALUES (1, 'tea'), (1, 'cup')`)
const lists = 'SELECT id, json_group_array(title) AS titles FROM lines GROUP BY id'
const of = (titles) => `SELECT json_object('id', orders.id, 'lines', ${titles}) FROM orders LEFT JOIN (${lists}) AS l ON l.id = orders.id`
const line = "SELECT json_object('title', title) AS line FROM lines"
const queries = {
  'lists of lines': of("COALESCE(titles, json('[]'))"),
  'with json()': of("COALESCE(json(titles), json('[]'))"),
  'objects at once': "SELECT json_group_array(json_object('title', title)) FROM lines",
  'objects of a subquery': `SELECT json_group_array(line) FROM (${line} ORDER BY title)`,
  'json_extract of true': `SELECT json_object('paid', json_extract('{"paid":true}', '$.paid'))`,
  '-> of true': `SELECT json_object('paid', '{"paid":true}' -> 'paid')`,
}
for (const [name, query] of Object.entries(queries)) console.log(`${name}: ${db.exec(query)[0].values.join(' ')}`)
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = 'lists of lines: {"id":1,"lines":"[\"tea\",\"cup\"]"} {"id":2,"lines":[]}
with json(): {"id":1,"lines":["tea","cup"]} {"id":2,"lines":[]}
objects at once: [{"title":"tea"},{"title":"cup"}]
objects of a subquery: ["{\"title\":\"cup\"}","{\"title\":\"tea\"}"]
json_extract of true: {"paid":1}
-> of true: {"paid":true}' ]
