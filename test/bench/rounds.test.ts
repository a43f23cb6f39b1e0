import { expect, test } from '@jest/globals'
import { inTurn, sharedBy } from '../../bench/rounds.ts'

async function orders(sides: readonly string[], rounds: number): Promise<string[]> {
  const ran: string[] = []
  const run = (side: string) => async () => void ran.push(side)
  await inTurn(rounds, () => undefined, Object.fromEntries(sides.map((side) => [side, run(side)])))
  return Array.from({ length: rounds + 1 }, (_, round) =>
    ran.slice(round * sides.length, (round + 1) * sides.length).join(''),
  )
}

test('each of two sides begins as often as the other', async () => {
  expect(await orders(['a', 'b'], 3)).toEqual(['ab', 'ba', 'ba', 'ab'])
})

test('three sides run in each of their orders', async () => {
  const ran = await orders(['a', 'b', 'c'], 5)
  expect(ran.toSorted()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
})

test('the results of each side come in the order of the rounds, without the warm-up', async () => {
  let calls = 0
  const count = async () => calls++
  expect(await inTurn(2, () => undefined, { a: count, b: count })).toEqual({ a: [3, 5], b: [2, 4] })
})

test('what the sides of a round share is made anew for each round', async () => {
  let made = 0
  const share = sharedBy(2, async () => ++made)
  expect([await share(), await share(), await share(), await share()]).toEqual([1, 1, 2, 2])
})
