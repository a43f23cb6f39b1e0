/**
 * Measures the shop: `npm run bench`, `npm run bench -- webhook` for one row, `--short` only to see that it works,
 * `--json` for programs. Everything happens on 127.0.0.1. Exit code 1 if something isn't as fast as it must be.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { buildWhenStale } from '../scripts/fresh-build.js'
import { machineLimits } from './machine.ts'
import { type Bound, isReached, type Measure } from './rounds.ts'
import { type Row, rows } from './rows/index.ts'

const ROUNDS = 7
const ROUNDS_IN_SHORT = 1

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
})
const unknown = positionals.filter((name) => !Object.hasOwn(rows, name))
if (unknown.length > 0) {
  process.stderr.write(`There is no row ${unknown.join(', ')}. There are: ${Object.keys(rows).join(', ')}\n`)
  process.exit(2)
}

buildWhenStale()
const report = { machine: describeMachine(), measures: await measureAll() }
process.stdout.write(options.json ? `${JSON.stringify(report, undefined, 2)}\n` : asText(report))
if (!options.short && report.measures.some((one) => !isReached(one, one.must))) process.exitCode = 1

function describeMachine(): Record<string, string | number> {
  const [cpu, ...others] = cpus()
  return {
    processor: `${1 + others.length} × ${cpu?.model ?? 'unknown'}`,
    node: process.version,
    ...machineLimits(),
  }
}

async function measureAll(): Promise<Measure[]> {
  const measures: Measure[] = []
  for (const name of positionals.length > 0 ? positionals : Object.keys(rows)) {
    const measure = rows[name] as Row
    measures.push(
      ...(await measure({
        short: options.short,
        rounds: options.short ? ROUNDS_IN_SHORT : ROUNDS,
        progress: (text) => process.stderr.write(`${name}: ${text}\n`),
      })),
    )
  }
  return measures
}

/** A table in Markdown, and under it what each line was made of. */
function asText({ machine, measures }: typeof report): string {
  return [
    ...Object.entries(machine).map(([name, value]) => `${name}: ${value}`),
    '',
    '| measure | median | spread | rounds | must | aim | |',
    '|---|---|---|---|---|---|---|',
    ...measures.map(asRow),
    '',
    ...measures.map(explain),
    '',
  ].join('\n')
}

function asRow(measure: Measure): string {
  const { unit, median, least, most, rounds, must, aim } = measure
  const spread = `${show(least)} to ${show(most)}`
  const verdict = options.short ? 'means nothing' : isReached(measure, must) ? 'reached' : 'MISSED'
  return `| ${measure.measure} | ${show(median)} ${unit} | ${spread} | ${rounds} | ${bound(must)} | ${bound(aim)} | ${verdict} |`
}

function bound(given: Bound | undefined): string {
  return given ? given.join(' ') : ''
}

function show(value: number): string {
  return Math.abs(value) < 100 ? value.toFixed(2) : value.toFixed(0)
}

function explain({ measure, compared, figures }: Measure): string {
  const parts = Object.entries(figures).map(([name, value]) => `${name}: ${value}`)
  return `${measure}: ${[compared, ...parts].join('; ')}`
}
