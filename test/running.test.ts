import { expect, test } from '@jest/globals'
import { pause, runUntilStopped } from '../server/running.ts'

test('work that is stopped leaves its pause at once, and has ended when the stop resolves', async () => {
  const done: string[] = []
  const running = runUntilStopped(async (stopping) => {
    done.push('began')
    while (await pause(60_000, stopping)) done.push('round')
    done.push('ended')
  })
  await running.stop()
  expect(done).toEqual(['began', 'ended'])
  await running.stop()
})

test('a pause that nothing stops resolves with true', async () => {
  expect(await pause(0, undefined)).toBe(true)
  expect(await pause(0, new AbortController().signal)).toBe(true)
})

test('work that fails rejects its stop', async () => {
  const running = runUntilStopped(async (stopping) => {
    await pause(60_000, stopping)
    throw new Error('The disk is full.')
  })
  await expect(running.stop()).rejects.toThrow('The disk is full.')
})
