import pg from 'pg'

export default async function afterAll() {
  const { TEST_DATABASE_TEMPLATE, TEST_DATABASE_URL } = process.env
  const server = Reflect.get(globalThis, 'postgresServer')
  if (server) await server.remove()
  else if (TEST_DATABASE_URL) await dropTemplate(TEST_DATABASE_URL, `${TEST_DATABASE_TEMPLATE}`)
}

/** @param {string} url of a server that stays @param {string} name */
async function dropTemplate(url, name) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS ${name}`)
  await client.end()
}
