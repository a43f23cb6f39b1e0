import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { aFreePort } from '../../../scripts/support/free-port.js'
import { aCertificate } from '../../support/certificate.ts'
import { runProgram } from '../../support/process.ts'
import { aFolder, later } from '../../support/workplace.ts'
import { DOMAIN } from './visitor.ts'

const START_DEADLINE_MS = 20_000
const LOOK_EVERY_MS = 20

/** What a test changes about an example: ports, the certificate, and where the shop is. */
interface Place {
  folder: string
  http: number
  https: number
  shop: number
  /** A certificate with its key, in one file and in two */
  certificate: { chain: string; key: string; both: string }
}

interface Proxy {
  name: string
  binary: string
  example: string
  /** Writes the configuration, and returns the arguments that run it in the foreground */
  configure(example: string, place: Place): string[]
  /** The certificate of an authority of its own, if it doesn't use the one that it is given */
  authority?(folder: string): string
}

const APACHE_MODULES = '/usr/lib/apache2/modules'

export const PROXIES: readonly Proxy[] = [
  {
    name: 'nginx',
    binary: '/usr/sbin/nginx',
    example: 'deploy/nginx/nickel.conf',
    configure: configureNginx,
  },
  {
    name: 'Caddy',
    binary: '/usr/bin/caddy',
    example: 'deploy/caddy/Caddyfile',
    configure: configureCaddy,
    authority: (folder) => join(folder, 'caddy/pki/authorities/local/root.crt'),
  },
  {
    name: 'Apache',
    binary: '/usr/sbin/apache2',
    example: 'deploy/apache/nickel.conf',
    configure: configureApache,
  },
  {
    name: 'HAProxy',
    binary: '/usr/sbin/haproxy',
    example: 'deploy/haproxy/nickel.cfg',
    configure: configureHaproxy,
  },
]

export const isInstalled = ({ binary }: Proxy) => existsSync(binary)

/** Runs a proxy with its example from `deploy/`, in front of a shop on this port. */
export async function aRunningProxy(proxy: Proxy, shop: number) {
  const folder = aFolder()
  const place = {
    folder,
    shop,
    http: await aFreePort(),
    https: await aFreePort(),
    certificate: writeCertificate(folder),
  }
  const args = proxy.configure(readFileSync(proxy.example, 'utf8'), place)
  const running = runProgram(proxy.binary, args, folder, { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder })
  later(() => {
    running.child.kill('SIGTERM') // SIGKILL would leave the workers of nginx and Apache behind
    return running.ended
  })
  await untilListening(place.https, running.ended, running.output)
  const authority = proxy.authority?.(folder) ?? place.certificate.chain
  return { http: place.http, https: place.https, ca: readFileSync(authority, 'utf8') }
}

function writeCertificate(folder: string) {
  const { key, cert } = aCertificate([DOMAIN])
  const files = {
    chain: join(folder, 'chain.pem'),
    key: join(folder, 'key.pem'),
    both: join(folder, 'both.pem'),
  }
  writeFileSync(files.chain, cert)
  writeFileSync(files.key, key)
  writeFileSync(files.both, cert + key)
  return files
}

async function untilListening(port: number, ended: Promise<unknown>, output: () => string): Promise<void> {
  let isOver = false
  ended.then(() => (isOver = true))
  const giveUpAt = performance.now() + START_DEADLINE_MS
  while (!(await canConnect(port))) {
    if (isOver || performance.now() > giveUpAt) throw new Error(`the proxy did not start:\n${output()}`)
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS))
  }
}

/** A proxy that makes its certificate itself listens before it has one. */
function canConnect(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1', servername: DOMAIN, rejectUnauthorized: false })
    socket
      .once('error', () => done(false))
      .once('secureConnect', () => {
        done(true)
        socket.destroy()
      })
  })
}

function configureNginx(example: string, place: Place): string[] {
  const file = join(place.folder, 'nginx.conf')
  const site = withCertificate(example, place)
    .replaceAll(/^ +listen \[::\].*$/gm, '')
    .replace('listen 80;', `listen 127.0.0.1:${place.http};`)
    .replace('listen 443 ', `listen 127.0.0.1:${place.https} `)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (what) => `${what}_temp_path ${join(place.folder, what)};`,
  )
  writeFileSync(
    file,
    `daemon off; pid ${join(place.folder, 'pid')}; error_log stderr;
events {}
http { access_log off; ${temporary.join(' ')}
${withShop(site, place)} }`,
  )
  return ['-p', place.folder, '-e', 'stderr', '-c', file]
}

function configureCaddy(example: string, place: Place): string[] {
  const file = join(place.folder, 'Caddyfile')
  const options = [
    'admin off',
    'local_certs',
    'skip_install_trust',
    `http_port ${place.http}`,
    `https_port ${place.https}`,
  ]
  writeFileSync(file, `{\n${options.join('\n')}\n}\n${withShop(example, place)}`)
  // Caddy looks for empty folders in its storage when it starts, and removes them. That of its first certificate is empty
  // for a moment; a certificate that fails is tried again after a minute. So there is a file in it.
  const certificates = join(place.folder, 'caddy/certificates/local', DOMAIN)
  mkdirSync(certificates, { recursive: true })
  writeFileSync(join(certificates, 'kept'), '')
  return ['run', '--config', file, '--adapter', 'caddyfile']
}

/** With Debian's modules that are on by default, and those that the example's comment switches on. */
function configureApache(example: string, place: Place): string[] {
  const file = join(place.folder, 'apache.conf')
  const [, enabled = ''] = /a2enmod (.*)$/m.exec(example) ?? []
  const modules = [
    'mpm_event',
    'authz_core',
    'reqtimeout',
    'alias',
    'socache_shmcb',
    'proxy',
    ...enabled.split(' '),
  ]
  const lines = [
    ...modules.map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`),
    'RequestReadTimeout header=20-40,minrate=500 body=10,minrate=500', // Debian's mods-available/reqtimeout.conf
    `ServerRoot ${place.folder}`,
    `ServerName ${DOMAIN}`,
    `PidFile ${join(place.folder, 'pid')}`,
    `DefaultRuntimeDir ${place.folder}`,
    'Mutex pthread',
    `ErrorLog ${join(place.folder, 'error.log')}`,
    `Listen 127.0.0.1:${place.http}`,
    `Listen 127.0.0.1:${place.https}`,
  ]
  const site = withCertificate(example, place)
    .replace('*:80', `*:${place.http}`)
    .replace('*:443', `*:${place.https}`)
  writeFileSync(file, `${lines.join('\n')}\n${withShop(site, place)}`)
  return ['-f', file, '-DFOREGROUND']
}

function configureHaproxy(example: string, place: Place): string[] {
  const file = join(place.folder, 'haproxy.cfg')
  const site = example
    .replace('bind :80', `bind 127.0.0.1:${place.http}`)
    .replace('bind :443', `bind 127.0.0.1:${place.https}`)
    .replace(`/etc/haproxy/${DOMAIN}.pem`, place.certificate.both)
  // Debian's defaults for all that the example doesn't set.
  const defaults =
    'defaults\n  mode http\n  timeout connect 5000\n  timeout client 50000\n  timeout server 50000\n'
  writeFileSync(file, `global\n  maxconn 1000\n${defaults}${withShop(site, place)}`)
  return ['-db', '-f', file]
}

function withCertificate(example: string, { certificate }: Place): string {
  const folder = `/etc/letsencrypt/live/${DOMAIN}`
  return example
    .replace(`${folder}/fullchain.pem`, certificate.chain)
    .replace(`${folder}/privkey.pem`, certificate.key)
}

function withShop(example: string, { folder, shop }: Place): string {
  mkdirSync(join(folder, 'logs'), { recursive: true })
  return example.replaceAll('127.0.0.1:3030', `127.0.0.1:${shop}`)
}
