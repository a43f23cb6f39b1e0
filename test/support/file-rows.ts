import Sqlite from 'better-sqlite3'
import type { TestShop } from './shop.ts'

/** What is in a shop's SQLite file, read past the shop. */
export function rows(shop: TestShop, sql: string, ...parameters: string[]): unknown[] {
  const file = new Sqlite(shop.databaseFile, { readonly: true })
  try {
    return file.prepare(sql).all(...parameters)
  } finally {
    file.close()
  }
}

/** The first column of these rows. */
export function column(shop: TestShop, sql: string, ...parameters: string[]): unknown[] {
  return rows(shop, sql, ...parameters).map((row) => Object.values(row as object)[0])
}
