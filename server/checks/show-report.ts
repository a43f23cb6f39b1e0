import type { CheckVerdict, Finding, Report } from '../finding.ts'
import { type CheckOptions, runChecks } from './run.ts'

const MARKS: Record<CheckVerdict, string> = {
  fine: 'fine           ',
  'look-at-this': 'look at this   ',
  broken: 'BROKEN         ',
  'could-not-check': 'could not check',
}
const WIDTH = 100
const INDENT = ' '.repeat(17)

/** Asks all questions, and prints what is found as it comes, until `signal` ends it: what isn't ready by then isn't broken. */
export async function showReport(options: CheckOptions = {}): Promise<Report> {
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
