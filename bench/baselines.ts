import { eachRow } from './each-row.ts'
import { type Bound, isReached, type Measure, type Report } from './rounds.ts'
import { type Row, rows } from './rows/index.ts'

const ROUNDS = 7
const ROUNDS_IN_SHORT = 1

/** Measures the shop against servers that do less, or against itself with less to do. */
export async function measureRows(names: readonly string[], short: boolean): Promise<Report> {
  const measures = await eachRow<Measure>(names, (name) => {
    const progress = (text: string) => process.stderr.write(`${name}: ${text}\n`)
    return (rows[name] as Row)({ short, rounds: short ? ROUNDS_IN_SHORT : ROUNDS, progress })
  })
  return {
    results: measures,
    text: asText(measures, short),
    isReached: measures.every((one) => isReached(one, one.must)),
  }
}

/** Returns a table in Markdown, and below it the figures behind each row. */
function asText(measures: readonly Measure[], short: boolean): string {
  return [
    '| measure | median | spread | rounds | must | aim | |',
    '|---|---|---|---|---|---|---|',
    ...measures.map((measure) => asRow(measure, short)),
    '',
    ...measures.map(explain),
  ].join('\n')
}

function asRow(measure: Measure, short: boolean): string {
  const { unit, median, least, most, rounds, must, aim } = measure
  const spread = `${show(least)} to ${show(most)}`
  const verdict = short ? 'means nothing' : isReached(measure, must) ? 'reached' : 'MISSED'
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
