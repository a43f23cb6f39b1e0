import { ensureBuild } from '../scripts/fresh-build.js'
import { requireSample } from '../scripts/support/own-project.js'
import { readArguments } from '../server/read-arguments.ts'
import { compareWith, findCommit, rows as rowsOfCommits } from './against/index.ts'
import { measureRows } from './baselines.ts'
import { exitOnSignals } from './cleanup.ts'
import { describeMachine } from './machine.ts'
import type { Report } from './rounds.ts'
import { rows } from './rows/index.ts'

const USAGE = `Measures the shop, on 127.0.0.1 only: docs/performance.md.

  npm run bench                         all rows, against simpler servers
  npm run bench -- webhook page         some of the rows
  npm run bench -- --against COMMIT     this version against another commit
  npm run bench -- --short              only checks that everything runs: the figures mean nothing
  npm run bench -- --json               for programs

The exit code is 1 if a row fails or isn't as fast as it must be, 2 if the command line is wrong.`

const { values: options, positionals } = readArguments(
  USAGE,
  {
    against: { type: 'string' },
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
  Number.POSITIVE_INFINITY,
)

exitOnSignals()
const commit = options.against === undefined ? undefined : findCommit(options.against)
if (options.against !== undefined && !commit) refuse(`There is no commit ${options.against}.`)
const names = chooseRows(Object.keys(commit ? rowsOfCommits : rows))
ensureBuild()
requireSample('The bench measures')
const { results, text, isReached } = await measure()
const machine = describeMachine()
if (options.json) process.stdout.write(`${JSON.stringify({ machine, results }, undefined, 2)}\n`)
else process.stdout.write(`${[...describe(machine), '', text].join('\n')}\n`)
process.exit(process.exitCode ?? (isReached || options.short ? 0 : 1))

function measure(): Promise<Report> {
  const { short } = options
  return commit ? compareWith(commit, names, short) : measureRows(names, short)
}

function chooseRows(known: string[]): string[] {
  const unknown = positionals.filter((name) => !known.includes(name))
  if (unknown.length > 0) refuse(`There is no row ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
  return positionals.length > 0 ? positionals : known
}

function refuse(why: string): never {
  process.stderr.write(`${why}\n`)
  process.exit(2)
}

function describe(machine: object): string[] {
  return Object.entries(machine).map(([name, value]) => `${name}: ${value}`)
}
