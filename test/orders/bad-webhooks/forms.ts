import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { base64url } from '../../../scripts/support/tokens.ts'
import {
  type BadWebhook,
  bad,
  HEADER,
  inputOf,
  MALFORMED,
  part,
  REFUSED,
  signedWith,
  type Target,
} from './bad-webhook.ts'

const WRONG_TYPE = [415]

/** The true token in another form than the one that Code sends, or something that is no token at all. */
export function badForms(target: Target): BadWebhook[] {
  return [
    ...decorated(target),
    ...notCanonical(target),
    ...serialised(target),
    ...compressed(target),
    ...otherTypes(target),
    ...mutated(target),
    ...noTokens(target),
  ]
}

const trueToken = ({ privateKey, claims }: Target) => signedWith(privateKey, claims)

/** White space, padding and such, before, after and between. */
function decorated(target: Target): BadWebhook[] {
  const [header = '', payload = '', signature = ''] = trueToken(target).split('.')
  const whole = `${header}.${payload}.${signature}`
  // biome-ignore format: several a line
  const decorations = [
    ' ', '\t', '\n', '\r\n', '\r', '\v', '\f', '\0', '=', '==', '.', '\uFEFF', '\u00a0', '\u200b', '\u2028',
    '%20', '"', "'", '~', '+', '/', '*', '#', '&', ';', ',',
  ]
  // biome-ignore format: several a line
  const wrapped = [
    `"${whole}"`, `Bearer ${whole}`, `JWT ${whole}`, `token=${whole}`, `[${whole}]`, `<${whole}>`,
    encodeURIComponent(`${whole}=`), whole.replaceAll('.', '%2E'), whole.replaceAll('.', '。'),
    `${whole}\n${whole}`, `${whole},${whole}`, whole.toLowerCase(), whole.toUpperCase(),
    whole.replaceAll('.', ''), whole.replaceAll('.', ':'), whole.slice(0, -1), whole.slice(1),
    [...whole].reverse().join(''), base64url(whole), `${whole}.${signature}`, `.${whole}`,
    `${header}..${signature}`, `.${payload}.${signature}`, `${header}.${payload}.`, `${header}.${payload}`,
    header,
  ]
  return [
    ...decorations.flatMap((one) => [
      bad('decorated', `${JSON.stringify(one)} before`, `${one}${whole}`, MALFORMED),
      bad('decorated', `${JSON.stringify(one)} after`, `${whole}${one}`, MALFORMED),
      bad(
        'decorated',
        `${JSON.stringify(one)} in the header`,
        `${header}${one}.${payload}.${signature}`,
        MALFORMED,
      ),
      bad(
        'decorated',
        `${JSON.stringify(one)} in the payload`,
        `${header}.${payload.slice(0, 8)}${one}${payload.slice(8)}.${signature}`,
        REFUSED,
      ),
      bad(
        'decorated',
        `${JSON.stringify(one)} in the signature`,
        `${header}.${payload}.${signature.slice(0, 8)}${one}${signature.slice(8)}`,
        MALFORMED,
      ),
    ]),
    ...wrapped.map((text, index) => bad('decorated', `wrapped, number ${index}`, text, REFUSED)),
  ]
}

/** The last character of base64url may have bits that mean nothing: other texts for the same bytes. */
function notCanonical(target: Target): BadWebhook[] {
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const parts = trueToken(target).split('.')
  return parts.flatMap((text, index) => {
    const unused = [0, 0, 4, 2][text.length % 4] ?? 0
    const last = ALPHABET.indexOf(text.at(-1) ?? '')
    return Array.from({ length: 2 ** unused - 1 }, (_, extra) => {
      const other = [...parts]
      other[index] = text.slice(0, -1) + ALPHABET[(last & ~(2 ** unused - 1)) | (extra + 1)]
      return bad('not canonical base64', `part ${index}, bits ${extra + 1}`, other.join('.'), MALFORMED)
    })
  })
}

/** RFC 7515, section 7.2: the same signature as JSON. Code sends the compact one. */
function serialised(target: Target): BadWebhook[] {
  const [header, payload, signature] = trueToken(target).split('.')
  const flattened = { payload, protected: header, signature }
  const one = { protected: header, signature }
  const texts = [
    flattened,
    { ...flattened, header: { kid: 'x' } },
    { ...flattened, header: HEADER },
    { payload, header: HEADER, signature },
    { payload, signatures: [one] },
    { payload, signatures: [one, one] },
    { payload, signatures: [] },
    { payload: target.claims, signatures: [one] },
    [flattened],
    { jwt: trueToken(target) },
    { token: trueToken(target) },
    trueToken(target),
    [trueToken(target)],
    { ciphertext: payload, iv: header, tag: signature },
  ].map((value) => JSON.stringify(value))
  return texts.flatMap((text, index) => [
    bad('as JSON', `number ${index}`, text, MALFORMED),
    bad('as JSON', `number ${index}, as JOSE`, text, WRONG_TYPE, { 'Content-Type': 'application/jose+json' }),
    bad('as JSON', `number ${index}, as JSON`, text, WRONG_TYPE, { 'Content-Type': 'application/json' }),
  ])
}

function compressed(target: Target): BadWebhook[] {
  const token = trueToken(target)
  const bomb = Buffer.alloc(8_000_000, 'A')
  const bodies: [string, Buffer][] = [
    ['gzip', gzipSync(token)],
    ['x-gzip', gzipSync(token)],
    ['deflate', deflateSync(token)],
    ['deflate', deflateRawSync(token)],
    ['br', brotliCompressSync(token)],
    ['gzip, gzip', gzipSync(gzipSync(token))],
    ['gzip, br', brotliCompressSync(gzipSync(token))],
    ['identity, gzip', gzipSync(token)],
    ['GZIP', gzipSync(token)],
    ['compress', Buffer.from(token)],
    ['zstd', Buffer.from(token)],
    ['aes128gcm', Buffer.from(token)],
    ['none', Buffer.from(token)],
    ['gzip', Buffer.from(token)],
    ['gzip', gzipSync(bomb)],
    ['gzip', gzipSync(gzipSync(bomb))],
    ['deflate', deflateSync(bomb)],
    ['br', brotliCompressSync(bomb)],
    ['gzip', gzipSync(token).subarray(0, 20)],
  ]
  const zipped = deflateRawSync(JSON.stringify(target.claims))
  const zippedBomb = deflateRawSync(bomb)
  const inside = ['DEF', 'GZIP', 'def', '', 1, null].flatMap((zip) => [
    bad('compressed', `${zip} inside`, signedWith(target.privateKey, zipped, { ...HEADER, zip }), MALFORMED),
    bad(
      'compressed',
      `${zip} bomb inside`,
      signedWith(target.privateKey, zippedBomb, { ...HEADER, zip }),
      MALFORMED,
    ),
  ])
  return [
    ...bodies.map(([encoding, body], index) =>
      bad('compressed', `${encoding}, number ${index}`, body, [413, 415], { 'Content-Encoding': encoding }),
    ),
    ...[gzipSync(token), deflateSync(token), brotliCompressSync(token)].map((body, index) =>
      bad('compressed', `without saying so, number ${index}`, body, MALFORMED),
    ),
    ...inside,
  ]
}

function otherTypes(target: Target): BadWebhook[] {
  const token = trueToken(target)
  // biome-ignore format: several a line
  const types = [
    'application/json', 'application/jose', 'application/jose+json', 'application/jwt+json',
    'application/jwtx', 'application/jw', 'application/x-jwt', 'application/*', '*/*', 'jwt', '',
    'text/plain', 'text/html', 'text/jwt', 'application/octet-stream', 'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x', 'application/secevent+jwt', 'application/problem+json',
    'application/jwt, text/plain', 'text/plain, application/jwt', 'application /jwt',
  ]
  const charsets = ['utf-16le', 'utf-16be', 'utf-16', 'utf-32', 'utf-7', 'ebcdic-us']
  const utf16 = Buffer.from(token, 'utf16le')
  const bodies = {
    utf16,
    swapped: Buffer.from(utf16).swap16(),
    marked: Buffer.from(`\uFEFF${token}`, 'utf16le'),
  }
  return [
    ...types.map((type) => bad('another type', type, token, WRONG_TYPE, { 'Content-Type': type })),
    ...charsets.flatMap((charset) =>
      Object.entries(bodies).map(([what, body]) =>
        bad('another type', `${charset}, ${what}`, body, [400, 415], {
          'Content-Type': `application/jwt; charset=${charset}`,
        }),
      ),
    ),
  ]
}

/** One character changed, put in or taken out, somewhere. */
function mutated(target: Target): BadWebhook[] {
  const token = trueToken(target)
  const { chance } = target
  const characters = 'ABCabc019-_.= +/\0"{}\n'
  return Array.from({ length: 160 }, (_, index) => {
    const at = chance.number(token.length)
    const other = chance.pick([...characters].filter((character) => character !== token[at]))
    const edits = {
      changed: token.slice(0, at) + other + token.slice(at + 1),
      'put in': token.slice(0, at) + other + token.slice(at),
      'taken out': token.slice(0, at) + token.slice(at + 1),
    }
    const what = chance.pick(Object.keys(edits) as (keyof typeof edits)[])
    return bad('mutated', `number ${index}: ${what} at ${at}`, edits[what], REFUSED)
  })
}

function noTokens(target: Target): BadWebhook[] {
  const { chance, claims, privateKey } = target
  const huge = signedWith(privateKey, { ...claims, note: 'x'.repeat(12_500) })
  // biome-ignore format: several a line
  const texts = [
    '', '\n', '.', '..', '...', '....', 'a.b.c', 'hello', 'null', '{}', '[]', '""', '0', 'undefined',
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    '--boundary\r\n', 'GET / HTTP/1.1\r\n\r\n', "'; DROP TABLE payments; --", '{{7*7}}',
    '\u{1f4b8}'.repeat(100), JSON.stringify(claims), `${part(HEADER)}.${part(claims)}.`,
    `${inputOf(HEADER, claims)}.${'A'.repeat(86)}`,
  ]
  const large = [16_385, 17_000, 65_536, 1_000_000].flatMap((length) => [
    bad('too large', `${length} letters`, 'a'.repeat(length), [413]),
    bad(
      'too large',
      `${length} letters in a payload`,
      `${part(HEADER)}.${'a'.repeat(length)}.${'A'.repeat(86)}`,
      [413],
    ),
  ])
  return [
    ...texts.map((text) => bad('no token', JSON.stringify(text.slice(0, 30)), text, REFUSED)),
    ...Array.from({ length: 40 }, (_, index) =>
      bad('no token', `random bytes ${index}`, chance.bytes(1 + chance.number(400)), REFUSED),
    ),
    ...large,
    bad('too large', 'true claims, rightly signed', huge, [413]),
  ]
}
