import { describe, expect, test } from '@jest/globals'
import { aSequencerKey, base64url, signed } from '../../scripts/support/tokens.ts'
import { decodeEvent } from '../../server/code/index.ts'

const { privateKey } = aSequencerKey()
const decode = (payload: unknown) => decodeEvent(signed(payload, privateKey))

describe('a stored token, decoded for people', () => {
  test('is indented, and its claims are read as when it was delivered', () => {
    const { header, payload, claims } = decode({ intent: 'i', amount: 0.25, currency: 'USD' })
    expect(header).toBe('{\n  "alg": "EdDSA",\n  "typ": "JWT"\n}')
    expect(payload).toBe('{\n  "intent": "i",\n  "amount": 0.25,\n  "currency": "USD"\n}')
    expect(claims).toMatchObject({ intent: 'i', hundredths: 25, currency: 'usd', destination: null })
  })

  test.each([
    '{"quarks":12345678901234567890}', // more digits than JavaScript keeps
    '{"amount":1.0}',
    '{ "intent" : "i" }',
    '{"intent":"\\u0069"}',
    '"text"',
    'null',
  ])('keeps every character where indenting could change one: %s', (text) => {
    expect(decode(text).payload).toBe(text)
  })

  test('that is deeply nested stays as short as it is', () => {
    const text = `${'['.repeat(3_000)}${']'.repeat(3_000)}`
    expect(decode(text).payload).toBe(text)
  })

  test('is no event that could pay: whatever is stored, no signature is looked at', () => {
    const unsigned = `${base64url('{"alg":"none"}')}.${base64url('{"intent":"i"}')}.`
    expect(decodeEvent(unsigned).claims.intent).toBe('i')
  })
})
