/**
 * A module for streamText: each text is the rows of a query, as JSON.
 *
 * @type {import('../../../db/index.ts').TextMaker<[string, import('../../../db/engines/driver.ts').Parameters][]>}
 */
export default async function* (db, queries) {
  for (const [sql, parameters] of queries) yield JSON.stringify(await db.read(sql, parameters))
}
