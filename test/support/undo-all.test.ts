import { expect, test } from '@jest/globals'
import { undoAll } from './undo-all.ts'

test('everything is undone, last first, and what failed is reported', async () => {
  const undone: number[] = []
  const undo = (number: number) => () => void undone.push(number)
  const fail = (what: string) => async () => {
    throw new Error(what)
  }
  await expect(undoAll([undo(1), fail('the first'), undo(2)])).rejects.toThrow(/^the first$/)
  const both = undoAll([undo(3), fail('the first'), fail('the second'), undo(4)])
  await expect(both).rejects.toThrow('Error: the second; Error: the first')
  await undoAll([undo(5), undo(6)])
  expect(undone).toEqual([2, 1, 4, 3, 6, 5])
})
