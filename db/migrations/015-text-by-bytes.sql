-- On PostgreSQL, text is compared by its bytes from now on, as SQLite compares it. In the order of a language such as en_US,
-- the ids that begin with the same characters don't lie together, so an index can't find them. All columns change at
-- once: an index is of no use to a comparison with a column of another order. Those of later tables are made so, at least where
-- an index contains them: TEXT /* postgres: COLLATE "C" */.
/* postgres:
DO $$
DECLARE
  altered RECORD;
BEGIN
  FOR altered IN
    SELECT columns.table_name AS name,
      string_agg(format('ALTER COLUMN %I TYPE TEXT COLLATE "C"', columns.column_name), ', ') AS changes
    FROM information_schema.columns AS columns
    WHERE columns.table_schema = current_schema() AND columns.data_type = 'text'
      AND columns.collation_name IS DISTINCT FROM 'C'
    GROUP BY columns.table_name
  LOOP
    EXECUTE format('ALTER TABLE %I %s', altered.name, altered.changes);
  END LOOP;
END
$$;
*/
