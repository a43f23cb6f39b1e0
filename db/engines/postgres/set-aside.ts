/**
 * Returns the statements that move everything in a schema to a new one. What belongs to an extension stays with it: a backup doesn't
 * contain it. Indexes, triggers and the sequences of columns go with their tables.
 */
export function setAside(schema: string, aside: string): string {
  return `
    CREATE SCHEMA ${aside};
    DO $$
    DECLARE each record;
    BEGIN
      FOR each IN
        SELECT CASE named.type WHEN 'statistics object' THEN 'statistics' ELSE named.type END AS kind, named.identity
        FROM pg_depend AS held
        CROSS JOIN pg_identify_object(held.classid, held.objid, 0) AS named
        WHERE held.refclassid = 'pg_namespace'::regclass AND held.refobjid = '"${schema}"'::regnamespace
          AND held.deptype = 'n' AND held.classid <> 'pg_extension'::regclass
          AND NOT EXISTS (
            SELECT 1 FROM pg_depend AS other
            WHERE other.classid = held.classid AND other.objid = held.objid
              AND (other.deptype = 'e' OR named.type = 'sequence' AND other.deptype IN ('a', 'i')))
        -- The identity of a function names the types of its arguments, so those move last.
        ORDER BY held.classid IN ('pg_class'::regclass, 'pg_type'::regclass)
      LOOP EXECUTE format('ALTER %s %s SET SCHEMA ${aside}', each.kind, each.identity); END LOOP;
    END $$;`
}
