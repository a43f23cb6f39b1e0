import { expect, test } from '@jest/globals'
import { asSecret, newSecret } from '../server/secrets.ts'

test('a secret is recognised by how it is written, and nothing else is taken for one', () => {
  const secret = newSecret()
  expect(asSecret(secret)).toBe(secret)
  for (const text of [
    undefined,
    '',
    `${secret}\n`,
    `${secret}0`,
    secret.slice(1),
    'g'.repeat(32),
    'A'.repeat(32),
  ])
    expect(asSecret(text)).toBeUndefined()
})
