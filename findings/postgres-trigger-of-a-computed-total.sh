#!/usr/bin/env bash
# One would guess that a trigger AFTER UPDATE OF total is called when the total changes. PostgreSQL looks at the columns that the
# statement names. If another trigger computes the total from the net amount, `UPDATE orders SET net = 500` changes the total,
# and the trigger that was to log, notify or book it isn't called; `SET total = total`, which changes nothing, calls it. With a
# generated column it is called for a change of what it is computed from. So making a total a plain column with a trigger, as
# one does if the rate is in another table, ends the log of its changes. The documentation says so in a paragraph on BEFORE
# triggers. What helps: AFTER UPDATE without OF, and `WHEN (OLD.total IS DISTINCT FROM NEW.total)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
console.log((await db.query('SHOW server_version')).rows[0].server_version)
await db.exec(`CREATE TABLE calls (n SERIAL, name TEXT);
CREATE FUNCTION compute() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.total = NEW.net * 2; RETURN NEW; END $$;
CREATE FUNCTION called() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO calls (name) VALUES (TG_NAME); RETURN NEW; END $$;
CREATE TABLE with_trigger (net INT, total INT);
CREATE TRIGGER compute BEFORE INSERT OR UPDATE ON with_trigger FOR EACH ROW EXECUTE FUNCTION compute();
CREATE TABLE generated (net INT, total INT GENERATED ALWAYS AS (net * 2) STORED)`)
const say = async (table, change) => {
  await db.exec(`TRUNCATE ${table}, calls; INSERT INTO ${table} (net) VALUES (100)`)
  const { rows } = await db.query(`UPDATE ${table} SET ${change} RETURNING total`)
  const calls = (await db.query('SELECT name FROM calls ORDER BY n')).rows.map(({ name }) => name)
  console.log(`${table}, SET ${change}: total 200 → ${rows[0].total}, called: ${calls.join(', ') || 'none'}`)
}
for (const table of ['with_trigger', 'generated'])
  await db.exec(`CREATE TRIGGER of_total AFTER UPDATE OF total ON ${table} FOR EACH ROW EXECUTE FUNCTION called();
CREATE TRIGGER when_distinct AFTER UPDATE ON ${table} FOR EACH ROW WHEN (OLD.total IS DISTINCT FROM NEW.total) EXECUTE FUNCTION called()`)
await say('with_trigger', 'net = 500')
await say('with_trigger', 'total = total')
await say('generated', 'net = 500')
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = 'with_trigger, SET net = 500: total 200 → 1000, called: when_distinct
with_trigger, SET total = total: total 200 → 200, called: of_total
generated, SET net = 500: total 200 → 1000, called: of_total, when_distinct' ]
