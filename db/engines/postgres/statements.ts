import { createHash } from 'node:crypto'
import type { Parameters, Value } from '../driver.ts'
import type { Query } from './exchange.ts'
import { type Numbered, numbered } from './numbered.ts'

/** Statements by their text, as the queries have it. */
export type Statements = Map<string, Statement>

interface Statement extends Numbered {
  /** Under which every connection prepares it */
  name: string
}

/** Returns a statement with its values, as pg takes it. Throws a TypeError if a parameter has no value. */
export function bindStatement(statements: Statements, sql: string, parameters: Parameters): Query {
  const { name, text, names } = statements.get(sql) ?? addStatement(statements, sql)
  return { name, text, values: names.map((key) => getValue(key, parameters)) }
}

function addStatement(statements: Statements, sql: string): Statement {
  const { text, names } = numbered(sql)
  const statement = { text, names, name: nameOf(text) }
  statements.set(sql, statement)
  return statement
}

/**
 * Names a statement by its text, so that a name never means two statements: a pooler may lend one server connection to
 * several instances. PostgreSQL's names have at most 63 characters.
 */
export function nameOf(text: string): string {
  return `nickel_${createHash('sha256').update(text).digest('hex').slice(0, 40)}`
}

function getValue(key: string, parameters: Parameters): Value {
  const value = parameters[key]
  if (value === undefined) throw new TypeError(`The statement needs @${key}, but no value was given`)
  return value
}
