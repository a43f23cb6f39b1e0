import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
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
