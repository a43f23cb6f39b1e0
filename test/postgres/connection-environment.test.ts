import { X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { describe, expect, test } from '@jest/globals'
import { connectionEnvironment } from '../../db/engines/postgres/connection-environment.ts'
import { aCertificate } from '../support/certificate.ts'
import { aFolder, later } from '../support/workplace.ts'

const SERVER = 'postgres://shop:p%2Fw@db.example:6432/goods'

test('pg_dump and psql get the address and the password without the URL’s escapes', () => {
  expect(connectionEnvironment(SERVER, aFolder())).toEqual({
    PGHOST: 'db.example',
    PGPORT: '6432',
    PGUSER: 'shop',
    PGPASSWORD: 'p/w',
    PGDATABASE: 'goods',
    PGAPPNAME: 'nickel-backup',
    PGCLIENTENCODING: 'UTF8',
  })
})

describe('pg_dump and psql verify the server as the shop does:', () => {
  const tlsOf = (query: string, folder = aFolder()) =>
    Object.entries(connectionEnvironment(`${SERVER}?${query}`, folder)).filter(([name]) =>
      name.startsWith('PGSSL'),
    )

  test('by the certificate authorities that Node trusts, and those that it was told to trust', () => {
    const folder = aFolder()
    const [file, told] = [join(folder, 'authorities.pem'), join(folder, 'told.pem')]
    const { cert } = aCertificate(['db.example'])
    writeFileSync(told, cert)
    const { NODE_EXTRA_CA_CERTS: before = '' } = process.env
    process.env.NODE_EXTRA_CA_CERTS = told
    later(() => {
      process.env.NODE_EXTRA_CA_CERTS = before
    })
    for (const query of ['sslmode=verify-full', 'ssl=true']) {
      expect(tlsOf(query, folder)).toEqual([
        ['PGSSLMODE', 'verify-full'],
        ['PGSSLROOTCERT', file],
      ])
      const written = readFileSync(file, 'utf8').match(/-+BEGIN CERTIFICATE[\s\S]*?-END CERTIFICATE-+/g) ?? []
      const prints = (all: readonly string[]) => all.map((pem) => new X509Certificate(pem).fingerprint256)
      expect(prints(written)).toEqual(prints([...rootCertificates, cert]))
    }
  })

  test('by the authority, and with the certificate, that the URL names', () => {
    const folder = aFolder()
    const [ca, key] = [join(folder, 'ca.pem'), join(folder, 'key.pem')]
    const certificate = aCertificate(['db.example'])
    writeFileSync(ca, certificate.cert)
    writeFileSync(key, certificate.key)
    expect(tlsOf(`sslmode=verify-full&sslrootcert=${ca}&sslcert=${ca}&sslkey=${key}`)).toEqual([
      ['PGSSLCERT', ca],
      ['PGSSLKEY', key],
      ['PGSSLMODE', 'verify-full'],
      ['PGSSLROOTCERT', ca],
    ])
    expect(tlsOf(`uselibpqcompat=true&sslmode=verify-ca&sslrootcert=${ca}`)).toEqual([
      ['PGSSLMODE', 'verify-ca'],
      ['PGSSLROOTCERT', ca],
    ])
  })

  test('from the first byte, where the server expects that', () => {
    const folder = aFolder()
    expect(tlsOf('sslnegotiation=direct', folder)).toEqual([
      ['PGSSLNEGOTIATION', 'direct'],
      ['PGSSLMODE', 'verify-full'],
      ['PGSSLROOTCERT', join(folder, 'authorities.pem')],
    ])
  })

  test('not at all, where the URL says so', () => {
    expect(tlsOf('sslmode=no-verify')).toEqual([['PGSSLMODE', 'require']])
    expect(tlsOf('sslmode=disable')).toEqual([['PGSSLMODE', 'disable']])
  })
})
