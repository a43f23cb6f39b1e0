import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  // biome-ignore lint/style/noRestrictedImports: keys of other kinds, which are read back as well
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { PublicKey } from '@code-wallet/keys'
import { base64url } from '../../../scripts/support/tokens.ts'
import {
  type BadWebhook,
  bad,
  HEADER,
  inputOf,
  MALFORMED,
  REFUSED,
  signedWith,
  type Target,
  UNTRUSTED,
} from './bad-webhook.ts'
import { privateKeyOf } from './chance.ts'

/** True claims, signed by somebody else, by nobody, or in another way than the header says. */
export function forgeries(target: Target): BadWebhook[] {
  return [
    ...otherKeys(target),
    ...noAlgorithm(target),
    ...publicKeyAsSecret(target),
    ...otherNames(target),
    ...otherAlgorithms(target),
    ...keysInTheHeader(target),
  ]
}

function otherKeys({ chance, claims }: Target): BadWebhook[] {
  return Array.from({ length: 40 }, (_, number) =>
    bad('another key', `number ${number}`, signedWith(chance.ed25519(), claims), UNTRUSTED),
  )
}

function noAlgorithm({ chance, claims, privateKey }: Target): BadWebhook[] {
  const algorithms = [
    'none',
    'None',
    'NONE',
    'nOnE',
    'none ',
    '',
    null,
    0,
    true,
    [],
    ['EdDSA'],
    {},
    { EdDSA: 1 },
  ]
  const headers = [
    ...algorithms.map((alg) => ({ alg, typ: 'JWT' })),
    { typ: 'JWT' },
    {},
    [],
    null,
    'EdDSA',
    5,
  ]
  const signatures = {
    'no signature': '',
    'a signature of zeros': base64url(Buffer.alloc(64)),
    'a random signature': base64url(chance.bytes(64)),
  }
  return headers.flatMap((header) => [
    ...Object.entries(signatures).map(([what, signature]) =>
      bad(
        'no algorithm',
        `${JSON.stringify(header)} with ${what}`,
        `${inputOf(JSON.stringify(header), claims)}.${signature}`,
      ),
    ),
    bad(
      'no algorithm',
      `${JSON.stringify(header)}, rightly signed`,
      signedWith(privateKey, claims, JSON.stringify(header)),
    ),
  ])
}

/** HMAC with what everybody knows. Also padded to the length of an Ed25519 signature, to get past its form. */
function publicKeyAsSecret({ publicKey, privateKey, claims }: Target): BadWebhook[] {
  const key = createPublicKey(privateKey)
  const raw = Buffer.from(PublicKey.fromBase58(publicKey).value)
  const pem = key.export({ type: 'spki', format: 'pem' }).toString()
  const secrets: Record<string, string | Buffer> = {
    'raw bytes': raw,
    base58: publicKey,
    hex: raw.toString('hex'),
    base64: raw.toString('base64'),
    base64url: base64url(raw),
    PEM: pem,
    'PEM without its last line end': pem.trimEnd(),
    DER: key.export({ type: 'spki', format: 'der' }),
    JWK: JSON.stringify(key.export({ format: 'jwk' })),
    nothing: '',
    secret: 'secret',
  }
  const hashes = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }
  return Object.entries(secrets).flatMap(([what, secret]) =>
    Object.entries(hashes).flatMap(([alg, hash]) => {
      const input = inputOf({ alg, typ: 'JWT' }, claims)
      const mac = createHmac(hash, secret).update(input).digest()
      const padded = Buffer.concat([mac, Buffer.alloc(64)]).subarray(0, 64)
      return [
        bad('HMAC', `${alg} with the public key as ${what}`, `${input}.${base64url(mac)}`),
        bad(
          'HMAC',
          `${alg} with the public key as ${what}, of the right length`,
          `${input}.${base64url(padded)}`,
        ),
      ]
    }),
  )
}

/** The right signature under a header that says something else: only `EdDSA` is EdDSA. */
function otherNames({ privateKey, claims }: Target): BadWebhook[] {
  // biome-ignore format: several a line
  const names = [
    'HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512',
    'ES256K', 'Ed25519', 'Ed448', 'ed25519', 'eddsa', 'EDDSA', 'EdDsa', 'EddSA', 'EdDSA ', ' EdDSA', 'EdDSA\0', 'EdDSA\n',
    'ＥdDSA', 'ЕdDSA', 'EdDSA,none', 'Ed25519ph', 'Ed25519ctx', 'dir', 'A128KW', 'RSA-OAEP', 'ECDH-ES', 'PBES2-HS256+A128KW',
    'ML-DSA-44', 'unsecured', '__proto__', 'constructor', 'toString',
  ]
  return names.map((alg) =>
    bad(
      'another name',
      JSON.stringify(alg),
      signedWith(privateKey, claims, JSON.stringify({ alg, typ: 'JWT' })),
      UNTRUSTED,
    ),
  )
}

interface Forger {
  alg: string
  key: KeyObject
  sign(data: Buffer): Buffer
}

/** Keys of other kinds. RSA and ECDSA keys are new ones each time: nothing depends on which they are. */
function forgers({ chance }: Target): Forger[] {
  const rsa = readBack(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
  const pss = { key: rsa, padding: 6, saltLength: 32 } // RSA_PKCS1_PSS_PADDING
  const ed448 = privateKeyOf('3047020100300506032b6571043b0439', chance.bytes(57))
  const curves = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521', ES256K: 'secp256k1' }
  return [
    { alg: 'RS256', key: rsa, sign: (data) => sign('sha256', data, rsa) },
    { alg: 'PS256', key: rsa, sign: (data) => sign('sha256', data, pss) },
    { alg: 'Ed448', key: ed448, sign: (data) => sign(null, data, ed448) },
    ...Object.entries(curves).map(([alg, namedCurve]) => {
      const key = readBack(generateKeyPairSync('ec', { namedCurve }).privateKey)
      const hash = { ES384: 'sha384', ES512: 'sha512' }[alg] ?? 'sha256'
      return { alg, key, sign: (data: Buffer) => sign(hash, data, { key, dsaEncoding: 'ieee-p1363' }) }
    }),
  ]
}

/** For the same reason as in sandbox/generate-key.ts. */
function readBack(key: KeyObject): KeyObject {
  return createPrivateKey(key.export({ type: 'pkcs8', format: 'pem' }))
}

function otherAlgorithms(target: Target): BadWebhook[] {
  return forgers(target).flatMap(({ alg, key, sign: signBy }) => {
    const jwk = createPublicKey(key).export({ format: 'jwk' })
    const headers = [
      { alg, typ: 'JWT' },
      HEADER,
      { alg, typ: 'JWT', jwk },
      { ...HEADER, jwk },
      { ...HEADER, jwk: { ...jwk, alg: 'EdDSA', use: 'sig' } },
      { ...HEADER, jwk, kid: target.publicKey },
    ]
    return headers.flatMap((header) => {
      const input = inputOf(header, target.claims)
      const signature = signBy(Buffer.from(input))
      return [signature, signature.subarray(0, 64)].map((bytes, index) =>
        bad(
          'another algorithm',
          `${alg} (cut ${index}) as ${Object.keys(header)} ${header.alg}`,
          `${input}.${base64url(bytes)}`,
        ),
      )
    })
  })
}

/** Signed by a forger who brings a key along, or says where it is: no key is ever taken from a token. */
function keysInTheHeader(target: Target): BadWebhook[] {
  const { chance, claims, publicKey, privateKey, trapUrl } = target
  const forger = chance.ed25519()
  const jwk = createPublicKey(forger).export({ format: 'jwk' })
  const trusted = createPublicKey(privateKey).export({ format: 'jwk' })
  const der = createPublicKey(forger).export({ type: 'spki', format: 'der' }).toString('base64')
  // biome-ignore format: several a line
  const kids = [
    publicKey, '', '0', '-1', 'default', '../../../../dev/null', '/dev/null', '/proc/self/environ', "' OR '1'='1", "x' UNION SELECT '",
    '$(id)', '`id`', '| id', '{{7*7}}', '<script>', `${trapUrl}/kid`, 'file:///etc/passwd', '__proto__', '\0', 0, 1, null, true, [], {},
    [publicKey], { $ne: null }, 'x'.repeat(5_000),
  ]
  const addresses = [
    `${trapUrl}/keys.json`,
    `${trapUrl}/keys.json#`,
    trapUrl.replace('http', 'https'),
    'file:///etc/passwd',
    '//',
    '',
  ]
  const extras: Record<string, unknown>[] = [
    ...kids.map((kid) => ({ kid })),
    ...addresses.flatMap((address) => [{ jku: address }, { x5u: address }, { jku: address, kid: publicKey }]),
    { jwk },
    { jwk, kid: publicKey },
    { jwk: { ...jwk, d: base64url(chance.bytes(32)) } },
    { jwk: trusted },
    { jwk: [jwk] },
    { jwk: { keys: [jwk] } },
    { jwk: { ...jwk, crv: 'X25519' } },
    { jwk: { ...jwk, crv: 'Ed448' } },
    { jwk: { kty: 'oct', k: jwk.x } },
    { jwk: { kty: 'OKP', crv: 'Ed25519', x: base64url(Buffer.alloc(32)) } },
    { jwk: { kty: 'OKP', crv: 'Ed25519', x: base64url(Buffer.from([1, ...Buffer.alloc(31)])) } },
    { x5c: [der] },
    { x5c: der },
    { x5c: [] },
    { x5t: base64url(chance.bytes(20)) },
    { 'x5t#S256': base64url(chance.bytes(32)) },
    { epk: jwk },
    { key: jwk },
    { cty: 'JWT' },
    { typ: 'JOSE+JSON' },
    { enc: 'A256GCM' },
  ]
  return [
    ...extras.map((extra) =>
      bad(
        'a key of its own',
        JSON.stringify(extra).slice(0, 60),
        signedWith(forger, claims, { ...HEADER, ...extra }),
        UNTRUSTED,
      ),
    ),
    bad(
      'a key of its own',
      'more header than fits',
      signedWith(forger, claims, { ...HEADER, jwk, pad: 'x'.repeat(13_000) }),
      [413],
    ),
    bad('a key of its own', 'a header that is text', signedWith(forger, claims, 'jwk'), MALFORMED),
    bad('a key of its own', 'a header that is cut', signedWith(forger, claims, '{"alg":"EdDSA"'), REFUSED),
  ]
}
