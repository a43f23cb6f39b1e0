#!/usr/bin/env bash
# One would guess that a trigger AFTER UPDATE sees each UPDATE of a row. In a partitioned table, a row whose UPDATE moves it into another
# partition is deleted there and inserted here, and so are its triggers called: the one for UPDATE never learns that an order was
# paid, and one for DELETE, such as what refunds or archives what is deleted, is called for an order that is alive.
# The UPDATE says `UPDATE 1`, and a trigger for each statement calls it an UPDATE. Without partitions, or between two values of
# one partition, the same triggers work, so it begins with the day on which a table is partitioned. What helps: a trigger for each
# statement with transition tables (REFERENCING NEW TABLE), or one BEFORE UPDATE, which is called in both cases.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
console.log((await db.query('SHOW server_version')).rows[0].server_version)
await db.exec(`CREATE TABLE calls (n SERIAL, call TEXT);
CREATE FUNCTION called() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO calls (call) VALUES (TG_WHEN || ' ' || TG_OP || ' for each ' || TG_LEVEL); RETURN NEW; END $$;
CREATE TABLE plain (id INT, state TEXT);
CREATE TABLE parts (id INT, state TEXT) PARTITION BY LIST (state);
CREATE TABLE parts_open PARTITION OF parts FOR VALUES IN ('new', 'open');
CREATE TABLE parts_paid PARTITION OF parts FOR VALUES IN ('paid')`)
for (const table of ['plain', 'parts']) {
  await db.exec(`CREATE TRIGGER b BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION called();
CREATE TRIGGER r AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION called();
CREATE TRIGGER s AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION called();
INSERT INTO ${table} VALUES (1, 'new')`)
  for (const state of ['open', 'paid']) {
    await db.exec('DELETE FROM calls')
    const { affectedRows } = await db.query(`UPDATE ${table} SET state = $1`, [state])
    const { rows } = await db.query('SELECT call FROM calls ORDER BY n')
    console.log(`${table}, ${state}: ${affectedRows} row updated; ${rows.map(({ call }) => call).join(', ')}`)
  }
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = 'plain, open: 1 row updated; BEFORE UPDATE for each ROW, AFTER UPDATE for each ROW, AFTER UPDATE for each STATEMENT
plain, paid: 1 row updated; BEFORE UPDATE for each ROW, AFTER UPDATE for each ROW, AFTER UPDATE for each STATEMENT
parts, open: 1 row updated; BEFORE UPDATE for each ROW, AFTER UPDATE for each ROW, AFTER UPDATE for each STATEMENT
parts, paid: 1 row updated; BEFORE UPDATE for each ROW, AFTER DELETE for each ROW, AFTER INSERT for each ROW, AFTER UPDATE for each STATEMENT' ]
