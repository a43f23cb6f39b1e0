import { createHash, sign } from 'node:crypto'
import { base64url } from '../../../scripts/support/tokens.ts'
import {
  type BadWebhook,
  bad,
  HEADER,
  inputOf,
  MALFORMED,
  signedWith,
  type Target,
  UNTRUSTED,
} from './bad-webhook.ts'

const L = 2n ** 252n + 27742317777372353535851937790883648493n // the order of Ed25519's base point
const P = 2n ** 255n - 19n
const SMALL_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].flatMap((hex) => [0, 0x80].map((sign) => withSign(Buffer.from(hex, 'hex'), sign)))

/** True claims under signatures that only a careless verifier takes (RFC 8032, section 5.1.7). */
export function badSignatures(target: Target): BadWebhook[] {
  return [
    ...smallOrder(target),
    ...notCanonical(target),
    ...damaged(target),
    ...ofSomethingElse(target),
    ...critical(target),
  ]
}

function withSign(point: Buffer, sign: number): Buffer {
  const copy = Buffer.from(point)
  copy.writeUInt8((copy.readUInt8(31) & 0x7f) | sign, 31)
  return copy
}

function toBytes(number: bigint): Buffer {
  return Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse()
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
}

/** The order's true claims with any 64 bytes as their signature. */
function under({ claims }: Target, signature: Uint8Array): string {
  return `${inputOf(HEADER, claims)}.${base64url(signature)}`
}

function trueSignature({ privateKey, claims }: Target): { r: Buffer; s: Buffer } {
  const signature = sign(null, Buffer.from(inputOf(HEADER, claims)), privateKey)
  return { r: signature.subarray(0, 32), s: signature.subarray(32) }
}

function smallOrder(target: Target): BadWebhook[] {
  const { s } = trueSignature(target)
  const scalars = {
    0: toBytes(0n),
    1: toBytes(1n),
    'L - 1': toBytes(L - 1n),
    L: toBytes(L),
    random: toBytes(toNumber(target.chance.bytes(32)) % L),
    true: s,
  }
  return SMALL_ORDER.flatMap((r) =>
    Object.entries(scalars).map(([what, scalar]) =>
      bad(
        'small order',
        `R ${r.toString('hex').slice(0, 8)}, S ${what}`,
        under(target, Buffer.concat([r, scalar])),
        UNTRUSTED,
      ),
    ),
  )
}

/** The same point or number, written in another way: without this check everybody could make a second valid signature. */
function notCanonical(target: Target): BadWebhook[] {
  const { r, s } = trueSignature(target)
  const multiples = Array.from({ length: 15 }, (_, index) => toNumber(s) + BigInt(index + 1) * L).filter(
    (number) => number < 2n ** 256n,
  )
  const scalars = [...multiples, 0n, L, 2n * L, 2n ** 253n, 2n ** 256n - 1n, (L - toNumber(s)) % L]
  const points = [
    withSign(r, 0x80 ^ (r.readUInt8(31) & 0x80)),
    toBytes(P),
    toBytes(P + 1n),
    toBytes(2n ** 255n - 1n),
    toBytes(2n ** 256n - 1n),
  ]
  return [
    ...scalars.map((number, index) =>
      bad(
        'not canonical',
        `S, number ${index}`,
        under(target, Buffer.concat([r, toBytes(number)])),
        UNTRUSTED,
      ),
    ),
    ...points.map((point, index) =>
      bad('not canonical', `R, number ${index}`, under(target, Buffer.concat([point, s])), UNTRUSTED),
    ),
    bad('not canonical', 'R and S exchanged', under(target, Buffer.concat([s, r])), UNTRUSTED),
    bad('not canonical', 'both reversed', under(target, Buffer.concat([r, s]).reverse()), UNTRUSTED),
  ]
}

function damaged(target: Target): BadWebhook[] {
  const { r, s } = trueSignature(target)
  const whole = Buffer.concat([r, s])
  const flipped = Array.from(whole, (byte, index) => {
    const copy = Buffer.from(whole)
    copy.writeUInt8(byte ^ (1 << target.chance.number(8)), index)
    return bad('damaged', `a bit of byte ${index}`, under(target, copy), UNTRUSTED)
  })
  const lengths = [0, 1, 16, 31, 32, 33, 62, 63, 65, 66, 96, 114, 128, 256].map((length) =>
    bad(
      'damaged',
      `${length} bytes`,
      under(target, Buffer.concat([whole, whole, whole, whole]).subarray(0, length)),
      MALFORMED,
    ),
  )
  const hex = bad('damaged', 'hex', `${inputOf(HEADER, target.claims)}.${whole.toString('hex')}`, MALFORMED)
  return [...flipped, ...lengths, hex]
}

/** Rightly signed, but not these claims. */
function ofSomethingElse(target: Target): BadWebhook[] {
  const { privateKey, claims, otherClaims } = target
  const input = inputOf(HEADER, claims)
  const signed: Record<string, string | Buffer> = {
    'other claims': inputOf(HEADER, otherClaims),
    'the payload alone': JSON.stringify(claims),
    'the encoded payload alone': input.split('.')[1] ?? '',
    'the header alone': input.split('.')[0] ?? '',
    'both without their dot': input.replace('.', ''),
    'a trailing dot': `${input}.`,
    'the decoded parts': `${JSON.stringify(HEADER)}.${JSON.stringify(claims)}`,
    'a hash': createHash('sha256').update(input).digest(),
    'a hash, as Ed25519ph makes it': createHash('sha512').update(input).digest(),
    'the context of Ed25519ph': Buffer.concat([
      Buffer.from('SigEd25519 no Ed25519 collisions\x01\0'),
      createHash('sha512').update(input).digest(),
    ]),
    nothing: '',
  }
  const [header, payload, signature] = signedWith(privateKey, otherClaims).split('.')
  const [trueHeader, truePayload] = input.split('.')
  return [
    ...Object.entries(signed).map(([what, data]) =>
      bad(
        'of something else',
        what,
        under(target, sign(null, Buffer.from(data as string), privateKey)),
        UNTRUSTED,
      ),
    ),
    bad('of something else', 'its payload exchanged', `${header}.${truePayload}.${signature}`, UNTRUSTED),
    bad('of something else', 'parts in another order', `${payload}.${trueHeader}.${signature}`),
    ...Object.keys(claims).map((claim) => {
      const { [claim]: _gone, ...rest } = claims
      return bad(
        'of something else',
        `${claim} taken out afterwards`,
        `${header}.${base64url(JSON.stringify(rest))}.${signature}`,
        UNTRUSTED,
      )
    }),
  ]
}

/** Rightly signed true claims under a header that asks for more than is understood (RFC 7515, section 4.1.11). */
function critical({ privateKey, claims }: Target): BadWebhook[] {
  const crits = [
    ['exp'],
    ['b64'],
    [],
    'exp',
    '',
    null,
    true,
    0,
    {},
    [1],
    [null],
    [''],
    ['alg'],
    ['typ'],
    ['crit'],
    ['exp', 'exp'],
    ['b64', 'exp'],
    ['__proto__'],
    ['constructor'],
    [['exp']],
  ]
  const headers = [
    ...crits.map((crit) => ({ ...HEADER, crit })),
    ...crits.map((crit) => ({ ...HEADER, crit, exp: 1, b64: true })),
    ...crits.map((crit) => ({ ...HEADER, crit, exp: 1, b64: false })),
    { ...HEADER, b64: false },
    { ...HEADER, b64: true },
    { ...HEADER, b64: 'false' },
  ]
  const unencoded = inputOf({ ...HEADER, b64: false, crit: ['b64'] }, '') + JSON.stringify(claims)
  return [
    ...headers.map((header) =>
      bad('critical', JSON.stringify(header), signedWith(privateKey, claims, header)),
    ),
    bad(
      'critical',
      'a payload that is not encoded',
      `${unencoded}.${base64url(sign(null, Buffer.from(unencoded), privateKey))}`,
      MALFORMED,
    ),
  ]
}
