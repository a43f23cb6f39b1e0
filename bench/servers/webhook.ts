/**
 * The baseline for the webhook: Express that parses and verifies with jose, as its documentation shows. With STORE, the path
 * of a database, each delivery is committed on its own, with synchronous=FULL.
 */
import Sqlite from 'better-sqlite3'
import express from 'express'
import { compactVerify, importJWK } from 'jose'

const { PORT, PUBLIC_JWK = '', STORE } = process.env
const key = await importJWK(JSON.parse(PUBLIC_JWK), 'EdDSA')
const store = STORE ? openStore(STORE) : undefined

const app = express()
app.get('/', (_req, res) => {
  res.send('ready')
})
app.post('/webhook', express.text({ type: 'application/jwt' }), async (req, res) => {
  const { payload } = await compactVerify(req.body, key, { algorithms: ['EdDSA'] })
  const { intent } = JSON.parse(new TextDecoder().decode(payload))
  store?.run(intent, req.body)
  res.type('text').send('recorded\n')
})
app.listen(Number(PORT), '127.0.0.1')

function openStore(path: string): Sqlite.Statement {
  const database = new Sqlite(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec('CREATE TABLE IF NOT EXISTS events (intent TEXT NOT NULL PRIMARY KEY, jws TEXT NOT NULL)')
  return database.prepare('INSERT INTO events (intent, jws) VALUES (?, ?) ON CONFLICT DO NOTHING')
}
