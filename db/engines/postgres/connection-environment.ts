import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConnectionOptions, rootCertificates } from 'node:tls'
import pg from 'pg'
import { connectionSettings } from './pool.ts'

/**
 * Returns what PostgreSQL's programs read instead of a URL, which the machine's other users could see. They trust the servers that the
 * shop trusts: its certificate authorities are written into the folder, if the URL names none.
 */
export function connectionEnvironment(url: string, folder: string): Record<string, string> {
  const { host, port, user, password, database, ssl } = new pg.Client(connectionSettings(url))
  const given = {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
    PGAPPNAME: 'nickel-backup',
    PGCLIENTENCODING: 'UTF8',
    ...tlsEnvironment(ssl, new URL(url).searchParams, folder),
  }
  return Object.fromEntries(Object.entries(given).filter((each): each is [string, string] => !!each[1]))
}

/**
 * Says how pg has understood the URL, not what is in it: pg takes `require` for `verify-full`, and libpq doesn't know `no-verify`. By
 * itself, libpq would look for certificate authorities in a file of the user's only.
 */
function tlsEnvironment(ssl: boolean | ConnectionOptions, settings: URLSearchParams, folder: string) {
  if (!ssl) return { PGSSLMODE: settings.get('sslmode') } // `disable`, or none
  const { rejectUnauthorized = true, checkServerIdentity } = ssl === true ? {} : ssl
  const own = {
    PGSSLCERT: settings.get('sslcert'),
    PGSSLKEY: settings.get('sslkey'),
    PGSSLNEGOTIATION: settings.get('sslnegotiation'), // `direct` needs the programs of PostgreSQL 17
  }
  if (!rejectUnauthorized) return { ...own, PGSSLMODE: 'require' }
  return {
    ...own,
    PGSSLMODE: checkServerIdentity ? 'verify-ca' : 'verify-full',
    PGSSLROOTCERT: settings.get('sslrootcert') ?? writeAuthorities(folder),
  }
}

/** Writes those that Node trusts. A file, since `PGSSLROOTCERT=system` would need PostgreSQL 16, and authorities on the system. */
function writeAuthorities(folder: string): string {
  const { NODE_EXTRA_CA_CERTS: more } = process.env
  const file = join(folder, 'authorities.pem')
  writeFileSync(file, [...rootCertificates, ...(more ? [readFileSync(more, 'utf8')] : [])].join('\n'))
  return file
}
