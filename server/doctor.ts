import { type CheckOptions, type CheckVerdict, type Finding, type Report, runChecks } from './checks/index.ts'
import { readArguments } from './read-arguments.ts'

const USAGE = `Looks at everything on which real payments depend, and says what is wrong, what it means for your money, and what to do.

  npm run doctor [-- --json]

  --json   prints one JSON document instead

It takes 20 seconds at most. It changes nothing, orders nothing and pays nothing, and contacts only the hosts that the
configuration names. The exit code is 1 if something is broken, and 0 otherwise.`

const MARKS: Record<CheckVerdict, string> = {
  fine: 'fine           ',
  'look-at-this': 'look at this   ',
  broken: 'BROKEN         ',
  'could-not-check': 'could not check',
}
const WIDTH = 100
const INDENT = ' '.repeat(17)

/** Runs the command. Resolves with its exit code once everything is written. */
export async function main(): Promise<number> {
  const { values } = readArguments(USAGE, { json: { type: 'boolean' } })
  const report = await (values.json ? reportAsJson() : reportToPeople())
  await new Promise((written) => process.stdout.write('', written))
  return report.verdict === 'broken' ? 1 : 0
}

async function reportAsJson(): Promise<Report> {
  const report = await runChecks()
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  return report
}

/** Asks all questions, and prints what is found as it comes, until `signal` ends it: what isn't ready by then isn't broken. */
export async function reportToPeople(options: CheckOptions = {}): Promise<Report> {
  const { signal } = options
  signal?.addEventListener('abort', () => showWaiting([]), { once: true })
  const report = await runChecks({
    ...options,
    onFindings: (findings) => signal?.aborted || print(findings),
    onWaiting: (names) => signal?.aborted || showWaiting(names),
  })
  if (signal?.aborted) return report
  showWaiting([])
  process.stdout.write(`\n${sumUp(report)}\n`)
  return report
}

function print(findings: readonly Finding[]): void {
  showWaiting([])
  for (const { verdict, lookedAt, meaning, todo } of findings)
    process.stdout.write(
      `${[
        `${MARKS[verdict]}  ${wrap(lookedAt)}`,
        `${INDENT}${wrap(meaning)}`,
        ...(todo === undefined ? [] : [`${INDENT}→ ${wrap(todo, '  ')}`]),
      ].join('\n')}\n`,
    )
}

/** Breaks text into lines that stand below its first one. */
function wrap(text: string, more = ''): string {
  const width = WIDTH - INDENT.length - more.length
  const lines = text
    .split('\n')
    .flatMap((line) => line.match(new RegExp(`.{1,${width}}(?: |$)|\\S+`, 'g')) ?? [''])
  return lines.map((line) => line.trimEnd()).join(`\n${INDENT}${more}`)
}

/** Shows on a terminal, in a line of its own, what the command is still waiting for. */
function showWaiting(names: readonly string[]): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r\x1b[K${names.length > 0 ? `Waiting for: ${names.join(', ')} …` : ''}`)
}

function sumUp({ findings, ms }: Report): string {
  const count = (verdict: CheckVerdict) => findings.filter((finding) => finding.verdict === verdict).length
  const [bad, doubtful, unknown] = [count('broken'), count('look-at-this'), count('could-not-check')]
  const parts = [
    ...(bad > 0 ? [`${bad} broken`] : []),
    ...(doubtful > 0 ? [`${doubtful} to look at`] : []),
    ...(unknown > 0 ? [`${unknown} could not be checked`] : []),
    `${count('fine')} fine`,
  ]
  return `${parts.join(', ')}. This took ${(ms / 1_000).toFixed(1)} s.`
}
