import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from '../../scripts/fresh-build.js'
import { once } from '../../server/once.ts'
import { readArguments, refuseArguments } from '../../server/read-arguments.ts'
import { undoAll } from '../support/undo-all.ts'
import { clock } from './clock.ts'
import { diskFull } from './disk-full.ts'
import { type Bench, createRandom, type Facts, type Fault } from './fault.ts'
import { folderGone } from './folder-gone.ts'
import { killed } from './killed.ts'
import { locked } from './locked.ts'
import { powerCut } from './power-cut.ts'
import { readOnly } from './read-only.ts'
import { sequencer } from './sequencer.ts'
import { sigterm } from './sigterm.ts'
import { soak } from './soak.ts'
import { stalled } from './stalled.ts'
import { webhookLost } from './webhook-lost.ts'
import { webhookStorm } from './webhook-storm.ts'

const FAULTS: readonly Fault[] = [
  killed,
  powerCut,
  webhookLost,
  webhookStorm,
  locked,
  diskFull,
  readOnly,
  folderGone,
  sequencer,
  sigterm,
  stalled,
  clock,
  soak,
]

const TOLD_FAILURES = 5 // of each fault; --json has them all

const USAGE = `Brings about what a shop must survive, and measures whether it does.

  npm run test:faults -- [name …] [--short] [--seed N] [--json]

  name      only these: ${FAULTS.map(({ name }) => name).join(' ')}
  --short   a quick form of each, below a minute in all
  --seed N  makes the random choices of an earlier run again
  --json    the results as JSON on standard output; progress goes to standard error
Exit codes: 0 all survived, 1 something did not, 2 wrong arguments.`

interface Result {
  name: string
  survives: string
  survived: boolean
  seconds: number
  facts: Facts
  failures: string[]
}

const { chosen, short, seed, json } = readSettings()
const say = (text: string) => void process.stderr.write(`${text}\n`)
/** Per fault. Undone also when somebody loses patience: no process and no folder stays behind. */
const undoings = new Set<(() => unknown)[]>()
const giveUp = once(async () => {
  for (const undoing of undoings) await undo(undoing).catch((error) => say(String(error)))
  process.exit(1)
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, giveUp) // npm sends a second one: npm/cli#5021

ensureBuild()
say(`seed ${seed}`)
const results = await bringAboutAll()
report()
process.exit(results.every(({ survived }) => survived) ? 0 : 1)

/** One after another, so that none disturbs another's figures; in the quick form, those that mostly wait run beside. */
async function bringAboutAll(): Promise<Result[]> {
  const beside = short ? chosen.filter(({ waits }) => waits) : []
  const inTurn = chosen.filter((fault) => !beside.includes(fault))
  const waiting = beside.map(bringAbout)
  const results = await eachIn(inTurn.filter(({ alone }) => !alone))
  results.push(...(await Promise.all(waiting)), ...(await eachIn(inTurn.filter(({ alone }) => alone))))
  return chosen.flatMap(({ name }) => results.filter((result) => result.name === name))
}

async function eachIn(faults: readonly Fault[]): Promise<Result[]> {
  const results: Result[] = []
  for (const fault of faults) results.push(await bringAbout(fault))
  return results
}

async function undo(undoing: (() => unknown)[]): Promise<void> {
  undoings.delete(undoing)
  await undoAll(undoing)
}

async function bringAbout({ name, survives, run }: Fault): Promise<Result> {
  const undoing: (() => unknown)[] = []
  undoings.add(undoing)
  const failures: string[] = []
  const began = performance.now()
  const tell = (text: string) => say(`  ${name} ${seconds(began)} s: ${text}`)
  const bench: Bench = {
    short,
    random: createRandom(seed ^ hash(name)), // the same whether it runs alone or among others
    say: tell,
    later: (undo) => undoing.push(undo),
    check(holds, sentence) {
      if (holds) return
      failures.push(sentence)
      if (failures.length <= TOLD_FAILURES) tell(`DOES NOT HOLD: ${sentence}`)
    },
    folder() {
      const folder = mkdtempSync(join(tmpdir(), 'nickel-fault-'))
      undoing.push(() => rmSync(folder, { recursive: true, force: true }))
      return folder
    },
  }
  say(`${name}: ${survives}`)
  let facts: Facts = {}
  try {
    facts = await run(bench)
  } catch (error) {
    bench.check(false, (error as Error).stack ?? String(error))
  }
  await undo(undoing).catch((error: Error) => bench.check(false, `Cleaning up failed: ${error.stack}`))
  return { name, survives, survived: failures.length === 0, seconds: seconds(began), facts, failures }
}

function seconds(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7)
}

function report(): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ seed, short, results }, undefined, 2)}\n`)
    return
  }
  const lines = results.map((result) => [
    result.name,
    result.survived ? 'survived' : 'FAILED',
    `${result.seconds} s`,
    Object.entries(result.facts)
      .map(([what, value]) => `${what}: ${value}`)
      .join('; '),
  ])
  const table = [['fault', 'result', 'took', 'measured'], ...lines]
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((line) => line[column]?.length ?? 0)))
  for (const line of table)
    process.stdout.write(`${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
  for (const { name, failures } of results)
    for (const failure of failures.slice(0, TOLD_FAILURES))
      process.stdout.write(`${name} FAILED: ${failure}\n`)
  const failed = results.filter(({ survived }) => !survived).length
  process.stdout.write(
    `${results.length - failed} survived, ${failed} failed, in ${seconds(0)} s, seed ${seed}\n`,
  )
}

function readSettings() {
  const flag = { type: 'boolean' } as const
  const options = { short: flag, json: flag, seed: { type: 'string' } } as const
  const { values, positionals } = readArguments(USAGE, options, Number.POSITIVE_INFINITY)
  const unknown = positionals.filter((name) => !FAULTS.some((fault) => fault.name === name))
  if (unknown.length > 0) refuseArguments(USAGE, `There is no fault called ${unknown.join(', ')}.`)
  if (values.seed && !/^\d{1,10}$/.test(values.seed)) refuseArguments(USAGE, '--seed must be a whole number.')
  return {
    chosen: FAULTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
    short: values.short === true,
    seed: values.seed ? Number(values.seed) : Math.floor(Math.random() * 2 ** 32),
    json: values.json === true,
  }
}
