import type pg from 'pg'
import { DatabaseRefused } from '../errors.ts'

/**
 * What a schema contains itself. What belongs to an extension stays with it: a backup doesn't contain it. Indexes, triggers and the
 * sequences of columns go with their tables. `named` is what PostgreSQL calls each of them.
 */
function contentOf(schema: string): string {
  return `
        FROM pg_depend AS held
        CROSS JOIN pg_identify_object(held.classid, held.objid, 0) AS named
        WHERE held.refclassid = 'pg_namespace'::regclass AND held.refobjid = '"${schema}"'::regnamespace
          AND held.deptype = 'n' AND held.classid <> 'pg_extension'::regclass
          AND NOT EXISTS (
            SELECT 1 FROM pg_depend AS other
            WHERE other.classid = held.classid AND other.objid = held.objid
              AND (other.deptype = 'e' OR named.type = 'sequence' AND other.deptype IN ('a', 'i')))`
}

const KIND = `CASE named.type WHEN 'statistics object' THEN 'statistics' ELSE named.type END`

/** Returns the statements that move everything in a schema to a new one. */
export function setAside(schema: string, aside: string): string {
  return `
    CREATE SCHEMA ${aside};
    DO $$
    DECLARE each record;
    BEGIN
      FOR each IN
        SELECT ${KIND} AS kind, named.identity
        ${contentOf(schema)}
        -- The identity of a function names the types of its arguments, so those move last.
        ORDER BY held.classid IN ('pg_class'::regclass, 'pg_type'::regclass)
      LOOP EXECUTE format('ALTER %s %s SET SCHEMA ${aside}', each.kind, each.identity); END LOOP;
    END $$;`
}

// The server has no record of an owner that can't be dropped, the role that it was set up with, whose number is always 10:
// findings/postgres-owner-without-a-record.sh
const findForeign = (schema: string) => `
  SELECT kind, identity, pg_get_userbyid(owner) AS owner
  FROM (
    SELECT ${KIND} AS kind, named.identity, COALESCE((
      SELECT refobjid FROM pg_shdepend
      WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND pg_shdepend.classid = held.classid AND pg_shdepend.objid = held.objid AND pg_shdepend.deptype = 'o'), 10) AS owner
    ${contentOf(schema)}) AS owned
  WHERE NOT pg_has_role(owner, 'USAGE')
  ORDER BY identity`

const MAY_MAKE_SCHEMA = `SELECT has_database_privilege(current_database(), 'CREATE') AS may, current_database() AS name`

/** Throws DatabaseRefused if this user may not do what setAside does: only an owner may move something. */
export async function assertMovable(client: pg.Client, schema: string): Promise<void> {
  const { user } = client
  const [database] = (await client.query<{ may: boolean; name: string }>(MAY_MAKE_SCHEMA)).rows
  if (!database?.may)
    throw new DatabaseRefused(
      `${user} may not create the schema in which the restore would set the former tables aside. Nothing was changed. As the owner of the database, run in psql: GRANT CREATE ON DATABASE ${database?.name} TO ${user};`,
    )
  const { rows } = await client.query<Record<'kind' | 'identity' | 'owner', string>>(findForeign(schema))
  if (rows.length === 0) return
  const owners = rows.map(({ kind, identity, owner }) => `the ${kind} ${identity} belongs to ${owner}`)
  const take = rows.map(({ kind, identity }) => `ALTER ${kind} ${identity} OWNER TO ${user};`)
  throw new DatabaseRefused(
    `The restore has to set everything in the schema ${schema} aside, and only its owner may move something: ${owners.join(', ')}. Nothing was changed. As a superuser, run in psql: ${take.join(' ')} Or move what is not the shop’s to another database.`,
  )
}
