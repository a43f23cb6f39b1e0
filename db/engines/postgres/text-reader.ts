import pg from 'pg'
import type { TextReader } from '../streaming.ts'
import { cancelQuery } from './cancel.ts'
import { isSilence } from './errors.ts'
import { connectionSettings } from './pool.ts'
import { bindStatement, type Statements } from './statements.ts'

const CONNECTION_DEADLINE_MS = 1_000
const SILENCE_MS = 2_000

/**
 * Opens what a thread reads with: a connection of its own. Its statements have no names, because the server would have to plan them
 * for any filter, and some poolers mix them up.
 */
export async function openReader({ url }: { url: string }): Promise<TextReader> {
  const client = new pg.Client({
    ...connectionSettings(url),
    connectionTimeoutMillis: CONNECTION_DEADLINE_MS,
    query_timeout: SILENCE_MS,
  })
  client.on('error', () => undefined) // the next query fails then
  await client.connect()
  const statements: Statements = new Map()
  return {
    async read(sql, parameters) {
      const { text, values } = bindStatement(statements, sql, parameters)
      try {
        return (await client.query({ text, values: [...values] })).rows
      } catch (error) {
        if (isSilence(error)) await cancelQuery(client)
        throw error
      }
    },
    close: () => client.end(),
  }
}
