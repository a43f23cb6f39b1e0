import { expect, test } from '@jest/globals'
import {
  endpointOf,
  productOf,
  SCOPE_OF_ALL,
  scopeOfEndpoint,
  scopeOfProduct,
  scopeOfTag,
  tagOf,
} from '../../db/index.ts'

test('a scope is read as what it was made of, and as nothing else', () => {
  expect(productOf(scopeOfProduct('bread'))).toBe('bread')
  expect(endpointOf(scopeOfEndpoint('search'))).toBe('search')
  for (const scope of [SCOPE_OF_ALL, scopeOfTag('bread'), scopeOfEndpoint('search')])
    expect(productOf(scope)).toBeUndefined()
  for (const scope of [SCOPE_OF_ALL, scopeOfTag('bread'), scopeOfProduct('bread')])
    expect(endpointOf(scope)).toBeUndefined()
  expect(tagOf(scopeOfTag('bread'))).toBe('bread')
  for (const scope of [SCOPE_OF_ALL, scopeOfProduct('bread'), scopeOfEndpoint('search')])
    expect(tagOf(scope)).toBeUndefined()
})
