import { afterEach, beforeEach, expect, jest } from '@jest/globals'

// A test that makes something complain on the console has found something, even when its expectations hold.
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation((...args) => {
    throw new Error(`unexpected console.error: ${args.join(' ')}`)
  })
})

afterEach(() => {
  expect(console.error).not.toHaveBeenCalled()
  jest.restoreAllMocks()
})
