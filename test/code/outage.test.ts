import { describe, expect, jest, test } from '@jest/globals'
import { noOutage, noteAnswer, noteFailure } from '../../server/code/outage.ts'
import { asFailure } from '../../server/code/sender.ts'
import { ShopError } from '../../server/errors.ts'
import { answer500, onCall } from '../support/faults.ts'
import { aShop } from '../support/shop.ts'

const cause = new Error('connect ECONNREFUSED 127.0.0.1:3031')
const failure = () => new ShopError('sequencer-failed', ({ codeBroken }) => codeBroken(), { cause })

describe('an outage of Code', () => {
  test('is one line when it begins, a count every minute, and one line when it is over', () => {
    let now = 1_000_000
    jest.spyOn(performance, 'now').mockImplementation(() => now)
    const lines: unknown[] = []
    const write = (...line: unknown[]) => void lines.push(line)
    const outage = noOutage({ warn: write, info: write } as never)
    for (let time = 0; time < 25; time++) {
      noteFailure(outage, failure())
      now += 5_000
    }
    noteAnswer(outage)
    noteAnswer(outage)
    const reason = cause.message
    expect(lines).toEqual([
      [{ reason }, 'calls to Code are failing; further failures are only counted'],
      [{ reason, failures: 13, seconds: 60 }, 'calls to Code are still failing'],
      [{ reason, failures: 25, seconds: 120 }, 'calls to Code are still failing'],
      [{ failures: 25, seconds: 125 }, 'calls to Code succeed again'],
    ])
    noteFailure(outage, failure())
    expect(lines).toHaveLength(5)
  })

  test('has the code of its cause as the reason if a name with several addresses failed without a message', () => {
    const warn = jest.fn()
    const several = Object.assign(new AggregateError([cause, cause]), { code: 'ECONNREFUSED' })
    noteFailure(noOutage({ warn } as never), asFailure(several))
    expect(warn).toHaveBeenCalledWith({ reason: 'ECONNREFUSED' }, expect.any(String))
  })

  test('is not logged again by every order that it fails, and never with a stack', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const order = () => browser.post('/create-intent').send({ product: 'article' })
    await order().expect(200)
    shop.disturb(onCall('sendMessage', answer500, shop.sequencerUrl))
    for (let time = 0; time < 7; time++) expect((await order()).status).toBeGreaterThanOrEqual(502)
    const loud = shop.logged.filter(({ level }) => Number(level) >= 40)
    expect(loud).toEqual([expect.objectContaining({ reason: 'HTTP status 500' })])
    expect(JSON.stringify(shop.logged)).not.toContain('stack')
  })
})
