import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { aFolder, later } from './workplace.ts'

/** A certificate that is signed by itself, made now. It holds for 30 days unless `days` says otherwise. */
export function aCertificate(names: readonly string[], days = 30): { key: string; cert: string } {
  const folder = aFolder()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const subject = [
    '-subj',
    `/CN=${names[0]}`,
    '-addext',
    `subjectAltName=${names.map((name) => `DNS:${name}`)}`,
  ]
  execFileSync(
    'openssl',
    ['req', '-x509', ...curve, ...subject, '-days', String(days), '-keyout', key, '-out', cert],
    { stdio: 'pipe' },
  )
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}

/** A certificate like that, which is valid in one year only. */
export function aCertificateOf(year: number, names: readonly string[]): { key: string; cert: string } {
  const folder = aFolder()
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  writeFileSync(join(folder, 'issued'), '')
  writeFileSync(
    join(folder, 'ca.cnf'),
    `[ca]\ndefault_ca = own\n[own]\ndatabase = issued\nserial = serial\nrand_serial = yes\nnew_certs_dir = .\npolicy = any\ndefault_md = sha256\ncopy_extensions = copy\n[any]\ncommonName = supplied\n`,
  )
  const wanted = [
    '-subj',
    `/CN=${names[0]}`,
    '-addext',
    `subjectAltName=${names.map((name) => `DNS:${name}`)}`,
  ]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-new', ...curve, ...wanted, '-keyout', 'key.pem', '-out', 'request.pem')
  const times = ['-startdate', `${year}0101000000Z`, '-enddate', `${year + 1}0101000000Z`]
  const paths = ['-config', 'ca.cnf', '-keyfile', 'key.pem', '-in', 'request.pem', '-out', 'cert.pem']
  openssl('ca', '-batch', '-selfsign', '-notext', ...times, ...paths)
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  return { key: read('key.pem'), cert: read('cert.pem') }
}

/** An https server on a free port of this machine, closed after the test. */
export async function listenSecurely(
  handler: RequestListener,
  certificate: { key: string; cert: string },
): Promise<{ host: string; port: number }> {
  const server = createServer(certificate, handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  later(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}
