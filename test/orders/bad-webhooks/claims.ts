import { PublicKey } from '@code-wallet/keys'
import { type BadWebhook, bad, HEADER, KEPT, MALFORMED, signedWith, type Target } from './bad-webhook.ts'

const DECIDING = ['intent', 'currency', 'amount', 'destination', 'state']
const REFUSED_OR_KEPT = [200, 400]

/** Signed with the key that the shop trusts, and false, unreadable, or readable in two ways. */
export function badClaims(target: Target): BadWebhook[] {
  return [
    ...wrongValues(target),
    ...wrongTypes(target),
    ...missing(target),
    ...numbers(target),
    ...twice(target),
    ...prototypes(target),
    ...texts(target),
    ...nested(target),
  ]
}

function changed(target: Target, family: string, changes: Record<string, unknown>): BadWebhook {
  return bad(
    family,
    JSON.stringify(changes).slice(0, 80),
    signedWith(target.privateKey, { ...target.claims, ...changes }),
    KEPT,
  )
}

/** The claims as text with one value put in as it is: what JSON.stringify would never write. */
function written(target: Target, claim: string, value: string): string {
  return JSON.stringify({ ...target.claims, [claim]: '@' }).replace('"@"', () => value)
}

function wrongValues(target: Target): BadWebhook[] {
  const { chance, claims, otherClaims } = target
  const amount = claims.amount as number
  const anAddress = () => new PublicKey(chance.bytes(32)).toBase58()
  const intent = String(claims.intent)
  const destination = String(claims.destination)
  // biome-ignore format: several a line
  const looksAlike = (text: string) => [
    `${text} `, ` ${text}`, `1${text}`, `${text}1`, text.toLowerCase(), text.toUpperCase(), text.slice(1),
    text.slice(0, -1), `${text}\0`, [...text].reverse().join(''), text.replace(/.$/, 'l'), `0x${text}`,
    encodeURIComponent(`${text}/`), `${text}\n`,
  ]
  // biome-ignore format: several a line
  const amounts = [
    amount - 0.01, amount + 0.01, amount * 100, amount / 100, amount * 10, amount / 10, 0, -amount, 0.05, 1,
    250, amount + 1e-9, amount - 1e-9, amount + Number.EPSILON, 0.1 + 0.2, 1e6, 1e15, 2 ** 53,
    ...Array.from({ length: 30 }, () => chance.number(25_000) / 100 + 1),
  ]
  // biome-ignore format: several a line
  const currencies = [
    'EUR', 'JPY', 'KIN', 'GBP', 'CAD', 'USDC', 'US', 'USD ', ' USD', 'U S D', 'USDUSD', '$', '', 'ＵＳＤ',
    'USD\0', 'usdt', 'XXX', 'DSU', 'UЅD', 'ſsd', 'toString', '840',
  ]
  // biome-ignore format: several a line
  const states = [
    'PENDING', 'CONFIRMED', 'submitted', 'Submitted', 'SUBMITTED ', ' SUBMITTED', 'SUBMITED', 'SUBMITTED\0',
    'NOT_SUBMITTED', 'REJECTED', 'CANCELLED', 'FAILED', 'PAID', 'UNKNOWN', '', '1', 'true',
    'SUBMITTED,PENDING',
  ]
  return [
    ...Array.from({ length: 50 }, () => changed(target, 'an unknown intent', { intent: anAddress() })),
    ...looksAlike(intent).map((text) => changed(target, 'an intent that looks like ours', { intent: text })),
    ...Array.from({ length: 20 }, () => changed(target, 'another destination', { destination: anAddress() })),
    ...looksAlike(destination).map((text) => changed(target, 'another destination', { destination: text })),
    changed(target, 'another destination', { destination: intent }),
    changed(target, 'an unknown intent', { intent: destination }),
    ...[...new Set(amounts)]
      .filter((value) => value !== amount)
      .map((value) => changed(target, 'another amount', { amount: value })),
    ...currencies.map((currency) => changed(target, 'another currency', { currency })),
    ...states.map((state) => changed(target, 'another state', { state })),
    changed(target, 'the claims of another order', { ...otherClaims, intent }),
    changed(target, 'the claims of another order', { intent: otherClaims.intent }),
    ...['amount', 'currency'].map((claim) =>
      changed(target, 'the claims of another order', { [claim]: otherClaims[claim] }),
    ),
    ...['PENDING', 'x'].map((state) =>
      changed(target, 'no payment', { intent: undefined, user: anAddress(), state }),
    ),
    changed(target, 'no payment', { string: 'string_value', int: 42, float: 123.45, bool: true, state: 'x' }),
  ]
}

function wrongTypes(target: Target): BadWebhook[] {
  return DECIDING.flatMap((claim) => {
    const value = target.claims[claim]
    // biome-ignore format: several a line
    const others: unknown[] = [
      null, true, false, 7, '', [], {}, [value], [[value]], { value }, { [claim]: value }, { $eq: value },
      [value, value], { 0: value, length: 1 }, JSON.stringify(value), { toString: value },
      typeof value === 'number' ? String(value) : Number.MAX_SAFE_INTEGER,
    ]
    return others.map((other) => changed(target, 'another type of claim', { [claim]: other }))
  })
}

/** Every combination of the claims that decide, with at least one of them gone. */
function missing(target: Target): BadWebhook[] {
  return Array.from({ length: 2 ** DECIDING.length - 1 }, (_, kept) => {
    const gone = DECIDING.filter((_claim, index) => (kept & (2 ** index)) === 0)
    return changed(target, 'missing claims', Object.fromEntries(gone.map((claim) => [claim, undefined])))
  }).map((webhook, index) => ({ ...webhook, what: `combination ${index}` }))
}

/** Numbers that JSON doesn't have, or that no amount is. */
function numbers(target: Target): BadWebhook[] {
  // biome-ignore format: several a line
  const noJson = [
    'NaN', '-NaN', 'nan', 'Infinity', '-Infinity', 'inf', '+0.25', '.25', '0.25.', '0.', '025', '0x19',
    '0b11', '0o31', '1_000', '0,25', '1e', '1e+', '--1', '0.25f', '25n', '1/4', 'undefined', 'new Date()',
    "'0.25'", '', '0.25 0.25', '٠.٢٥',
  ]
  // biome-ignore format: several a line
  const noAmount = [
    '1e400', '-1e400', '1e999999', '-0', '-0.0', '0e0', '1e308', '-1e308', '5e-324', '1e-400',
    '9007199254740993', '123456789012345678901234567890', '1e21', '0.005', '0.251', '0.2500001',
    '0.24999999', '25e0', '25', '2.5', '0.025', '1E400', `0.26${'0'.repeat(3_000)}`, '9'.repeat(5_000),
    `0.${'9'.repeat(5_000)}`, `-${'9'.repeat(400)}`,
  ]
  return [
    ...noJson.map((text) =>
      bad('no number', text, signedWith(target.privateKey, written(target, 'amount', text)), MALFORMED),
    ),
    ...noAmount.map((text) =>
      bad(
        'no amount',
        text.slice(0, 40),
        signedWith(target.privateKey, written(target, 'amount', text)),
        KEPT,
      ),
    ),
    ...['quarks', 'exchangeRate', 'user', 'note'].flatMap((claim) =>
      ['NaN', 'Infinity', '-Infinity', '1e400', '-0', '1e999999'].map((text) =>
        bad(
          'no number',
          `${claim} ${text}`,
          signedWith(
            target.privateKey,
            written({ ...target, claims: { ...target.claims, state: 'x' } }, claim, text),
          ),
          REFUSED_OR_KEPT,
        ),
      ),
    ),
  ]
}

/** A name twice: most parsers take the last, some the first. True beside false, and even twice the same. */
function twice(target: Target): BadWebhook[] {
  const { privateKey, claims, otherClaims } = target
  const text = JSON.stringify(claims)
  const escaped = (name: string) => `\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}`
  const payloads = Object.entries(claims).flatMap(([claim, value]) => {
    const pair = (name: string, content: unknown) => `"${name}":${JSON.stringify(content)}`
    const other = otherClaims[claim] === value ? null : otherClaims[claim]
    return [
      `{${pair(claim, other)},${text.slice(1)}`,
      `${text.slice(0, -1)},${pair(claim, other)}}`,
      `${text.slice(0, -1)},${pair(claim, value)}}`,
      `{${pair(escaped(claim), other)},${text.slice(1)}`,
      `${text.slice(0, -1)},${pair(escaped(claim), other)}}`,
      `{${pair(claim, other)} , ${text.slice(1)}`,
    ]
  })
  // biome-ignore format: several a line
  payloads.push(
    `${text.slice(0, -1)},"fees":[{"basisPoints":1,"basisPoints":2}]}`, `{"a":1,"a":1,${text.slice(1)}`,
    `{"":1,"":1,${text.slice(1)}`, `{"x":{"y":{"z":1,"z":1}},${text.slice(1)}`,
    `{"__proto__":1,"__proto__":2,${text.slice(1)}`,
  )
  // biome-ignore format: several a line
  const headers = [
    '{"alg":"none","alg":"EdDSA"}', '{"alg":"EdDSA","alg":"EdDSA"}',
    '{"alg":"HS256","alg":"EdDSA","typ":"JWT"}', '{"\\u0061lg":"none","alg":"EdDSA"}',
    '{"alg":"EdDSA","typ":"JWT","typ":"JWT"}', '{"alg":"EdDSA","kid":"1","kid":"2"}',
    '{"alg":"EdDSA","x":{"a":1,"a":2}}',
  ]
  return [
    ...payloads.map((payload, index) =>
      bad('a claim twice', `number ${index}`, signedWith(privateKey, payload), MALFORMED),
    ),
    ...headers.map((header) =>
      bad('a header twice', header, signedWith(privateKey, claims, header), MALFORMED),
    ),
    bad(
      'a header twice',
      'the last one wrong',
      signedWith(privateKey, claims, '{"alg":"EdDSA","alg":"none"}'),
    ),
  ]
}

/** Claims where only a careless reader finds them. */
function prototypes({ privateKey, claims, publicKey }: Target): BadWebhook[] {
  const text = JSON.stringify(claims)
  const { intent: _intent, ...rest } = claims
  // biome-ignore format: several a line
  const names = [
    '__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'valueOf', 'toJSON', 'then', 'length',
    '__defineGetter__', '',
  ]
  const payloads = [
    ...names.map((name) => `{"${name}":${text}}`),
    ...names.map(
      (name) => `{"${name}":{"intent":${JSON.stringify(claims.intent)}},${JSON.stringify(rest).slice(1)}`,
    ),
    ...names.map((name) => `{"constructor":{"${name}":${text}}}`),
    ...names.map((name) => JSON.stringify({ ...claims, intent: name })),
    ...names.map((name) => JSON.stringify({ ...claims, state: name })),
    ...['claims', 'payload', 'data', 'event', 'vc', '0'].map((name) => `{"${name}":${text}}`),
    `[${text}]`,
    `[[${text}]]`,
  ]
  // biome-ignore format: several a line
  const headers = [
    '{"__proto__":{"alg":"EdDSA"}}', '{"constructor":{"prototype":{"alg":"EdDSA"}}}',
    `{"__proto__":{"alg":"EdDSA"},"kid":"${publicKey}"}`, '{"alg":{"__proto__":"EdDSA"}}',
  ]
  return [
    ...payloads.map((payload, index) =>
      bad('a prototype', `number ${index}`, signedWith(privateKey, payload), KEPT),
    ),
    ...headers.map((header) => bad('a prototype', header, signedWith(privateKey, claims, header))),
  ]
}

/** Bytes and characters that are no text, or another text than they seem. */
function texts(target: Target): BadWebhook[] {
  const { privateKey, claims } = target
  const text = JSON.stringify(claims)
  // biome-ignore format: several a line
  const invalid = [
    [0xff], [0xfe, 0xff], [0xc0, 0xaf], [0xc1, 0x81], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80],
    [0xed, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0x80], [0xe2, 0x82],
    [0xf0, 0x9f, 0x92],
  ]
  const marks = [
    [0xef, 0xbb, 0xbf],
    [0xfe, 0xff],
    [0xff, 0xfe],
    [0, 0, 0xfe, 0xff],
  ]
  const surrogates = [
    '\\ud800',
    '\\udfff',
    '\\ud800\\ud800',
    '\\udc00\\ud800',
    '\\u0000',
    '\\uffff',
    '\\ufeff',
  ]
  const withBytes = (bytes: number[]) =>
    Buffer.concat([Buffer.from('{"note":"'), Buffer.from(bytes), Buffer.from(`",${text.slice(1)}`)])
  const broken = [
    ...invalid.map(withBytes),
    ...marks.map((mark) => Buffer.concat([Buffer.from(mark), Buffer.from(text)])),
    Buffer.from(text, 'utf16le'),
    Buffer.concat([Buffer.from(text), Buffer.from([0])]),
    // biome-ignore format: several a line
    ...[
      `${text}x`, `${text},`, `${text}${text}`, text.slice(0, -1), text.replace('{', '{,'),
      text.replaceAll('"', "'"), `/* */${text}`, `${text}//`, `(${text})`, `)]}',\n${text}`,
      `\u00a0${text}`, `{${text}}`, text.replace(':', '='), text.replace('"}', '",}'),
    ].map((one) => Buffer.from(one)),
    ...['\x01', '\t', '\n', '\x1f'].map((control) => Buffer.from(`{"note":"${control}",${text.slice(1)}`)),
    ...['\\x41', '\\u12', '\\', '\\u{41}', '\\0'].map((broken) =>
      Buffer.from(`{"note":"${broken}",${text.slice(1)}`),
    ),
  ]
  return [
    ...broken.map((bytes, index) =>
      bad('no JSON', `number ${index}`, signedWith(privateKey, bytes), MALFORMED),
    ),
    ...['intent', 'currency', 'destination', 'state'].flatMap((claim) =>
      surrogates.map((surrogate) => {
        const payload = written(target, claim, `"${claims[claim]}${surrogate}"`)
        return bad('no text', `${claim} ${surrogate}`, signedWith(privateKey, payload), KEPT)
      }),
    ),
  ]
}

function nested({ privateKey, claims }: Target): BadWebhook[] {
  const token = signedWith(privateKey, claims)
  const nest = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth)
  const depths = [10, 100, 1_000, 5_000]
  const payloads = [
    ...depths.map((depth) => nest('[', ']', depth)),
    ...depths.slice(0, 3).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
    ...depths
      .slice(0, 3)
      .map(
        (depth) =>
          `{"intent":${nest('[', ']', depth)},${JSON.stringify({ ...claims, intent: undefined }).slice(1)}`,
      ),
    ...depths.slice(0, 3).map((depth) => `${'['.repeat(depth)}${JSON.stringify(claims)}${']'.repeat(depth)}`),
    JSON.stringify(token),
    JSON.stringify({ jwt: token }),
    JSON.stringify({ ...claims, intent: token }),
    JSON.stringify(JSON.stringify(claims)),
  ]
  // biome-ignore format: several a line
  const broken = [
    ...depths.flatMap((depth) => ['['.repeat(depth), '{"a":'.repeat(depth)]), token, `${token}.`,
    signedWith(privateKey, token),
  ]
  return [
    ...payloads.map((payload, index) =>
      bad('nested', `number ${index}`, signedWith(privateKey, payload), REFUSED_OR_KEPT),
    ),
    ...broken.flatMap((payload, index) => [
      ...(payload.length < 11_000
        ? [bad('nested', `broken ${index}`, signedWith(privateKey, payload), MALFORMED)]
        : []),
      ...(payload.length < 11_000
        ? [
            bad(
              'nested',
              `broken ${index}, cty`,
              signedWith(privateKey, payload, { ...HEADER, cty: 'JWT' }),
              MALFORMED,
            ),
          ]
        : []),
    ]),
  ]
}
