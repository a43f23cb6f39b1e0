/** What a thread reads with. Plain JavaScript, so that it needs no loader. */
import Sqlite from 'better-sqlite3'

const CACHE_KIB = -1_000 // the rows are read once; SQLite's own cache would hold 16 MB

/**
 * @param {{ path: string, lockMs: number }} options
 * @returns {import('../streaming.ts').TextReader}
 */
export function openReader({ path, lockMs }) {
  const connection = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: lockMs })
  connection.pragma(`cache_size = ${CACHE_KIB}`)
  /** @type {Map<string, Sqlite.Statement>} */
  const statements = new Map()
  return {
    async read(sql, parameters) {
      const statement = statements.get(sql) ?? connection.prepare(sql)
      statements.set(sql, statement)
      return /** @type {import('../driver.ts').Row[]} */ (statement.all(parameters))
    },
    close: () => connection.close(),
  }
}
