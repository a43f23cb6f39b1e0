import { afterEach, beforeEach, expect, jest } from '@jest/globals'
import './workplace.ts' // whose cleanups come first: what they complain about counts as well

// A test that makes something complain on the console has found something, even when its expectations hold.
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation((...args) => {
    throw new Error(`unexpected console.error: ${args.join(' ')}`)
  })
})

afterEach(() => {
  const { calls } = jest.mocked(console.error).mock
  jest.restoreAllMocks()
  expect(calls).toEqual([])
})
