/**
 * The baseline for the webhook on PostgreSQL: node's own HTTP server, jose, and a plain pool of `pg` that runs a transaction
 * for each delivery, which inserts the event and updates its order.
 */
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { compactVerify, importJWK } from 'jose'
import pg from 'pg'

const { PORT, PUBLIC_JWK = '', DATABASE_URL } = process.env
const ANSWER = 'recorded\n'
const key = await importJWK(JSON.parse(PUBLIC_JWK), 'EdDSA')
const pool = new pg.Pool({ connectionString: DATABASE_URL })
await pool.query('CREATE TABLE IF NOT EXISTS orders (intent TEXT NOT NULL PRIMARY KEY, paid_at BIGINT)')
await pool.query('CREATE TABLE IF NOT EXISTS events (intent TEXT NOT NULL PRIMARY KEY, jws TEXT NOT NULL)')

createServer(async (req, res) => {
  if (req.method === 'POST') await receive(req)
  res.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': ANSWER.length }).end(ANSWER)
}).listen(Number(PORT), '127.0.0.1')

async function receive(req: IncomingMessage): Promise<void> {
  const jws = await text(req)
  const { payload } = await compactVerify(jws, key, { algorithms: ['EdDSA'] })
  const { intent } = JSON.parse(new TextDecoder().decode(payload))
  const client = await pool.connect()
  await client.query('BEGIN')
  await client.query('INSERT INTO events (intent, jws) VALUES ($1, $2)', [intent, jws])
  await client.query('UPDATE orders SET paid_at = $2 WHERE intent = $1', [intent, Date.now()])
  await client.query('COMMIT')
  client.release()
}
