import { describe, expect, jest, test } from '@jest/globals'
import { callThrough, isOpen, newCircuit } from '../../server/code/circuit.ts'
import { silentLog } from '../support/silent-log.ts'

const fault = new Error('fault')
const PAUSE_MS = 10_000

/** A circuit with a clock that stands still, and that nobody can set back. */
function aCircuit() {
  let now = 0
  jest.spyOn(performance, 'now').mockImplementation(() => now)
  let calls = 0
  const circuit = newCircuit(silentLog)
  const isFailure = (error: unknown) => error === fault
  const call = (act: () => Promise<unknown>) =>
    callThrough(circuit, isFailure, () => {
      calls++
      return act()
    }).catch((error) => error)
  return {
    isOpen: () => isOpen(circuit),
    calls: () => calls,
    wait: (ms: number) => {
      now += ms
    },
    fails: () => call(() => Promise.reject(fault)),
    works: () => call(async () => 'answer'),
    refuses: () => call(() => Promise.reject(new Error('no'))),
    call,
  }
}

async function anOpenCircuit() {
  const circuit = aCircuit()
  for (let failure = 0; failure < 5; failure++) expect(await circuit.fails()).toBe(fault)
  return circuit
}

describe('a circuit', () => {
  test('opens after five failures in a row, and then calls nobody', async () => {
    const circuit = await anOpenCircuit()
    expect(circuit.isOpen()).toBe(true)
    expect(await circuit.works()).toMatchObject({ code: 'sequencer-down' })
    expect(circuit.calls()).toBe(5)
  })

  test('stays closed when an answer comes in between, be it a refusal', async () => {
    const circuit = aCircuit()
    for (const answers of [circuit.works, circuit.refuses]) {
      for (let failure = 0; failure < 4; failure++) await circuit.fails()
      await answers()
    }
    for (let failure = 0; failure < 4; failure++) await circuit.fails()
    expect(circuit.isOpen()).toBe(false)
  })

  test('lets one call through after its pause, and closes if that one is answered', async () => {
    const circuit = await anOpenCircuit()
    circuit.wait(PAUSE_MS)
    let answer: (text: string) => void = () => undefined
    const trial = circuit.call(() => new Promise((resolve) => (answer = resolve)))
    expect(await circuit.works()).toMatchObject({ code: 'sequencer-down' })
    answer('at last')
    expect(await trial).toBe('at last')
    expect(circuit.isOpen()).toBe(false)
    expect(await circuit.works()).toBe('answer')
  })

  test('is not paused for longer by a call that began before it opened and fails later', async () => {
    const circuit = aCircuit()
    let fail: (error: Error) => void = () => undefined
    const slow = circuit.call(() => new Promise((_resolve, reject) => (fail = reject)))
    for (let failure = 0; failure < 5; failure++) await circuit.fails()
    circuit.wait(PAUSE_MS - 1)
    fail(fault)
    expect(await slow).toBe(fault)
    circuit.wait(1)
    expect(await circuit.works()).toBe('answer')
  })

  test('stays open for another pause if that one fails', async () => {
    const circuit = await anOpenCircuit()
    circuit.wait(PAUSE_MS)
    expect(await circuit.fails()).toBe(fault)
    circuit.wait(PAUSE_MS - 1)
    expect(await circuit.works()).toMatchObject({ code: 'sequencer-down' })
    circuit.wait(1)
    expect(await circuit.works()).toBe('answer')
  })
})
