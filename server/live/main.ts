import { toString as toCode } from 'qrcode'
import { ConfigError } from '../config/index.ts'
import { goOnWithoutReader } from '../read-arguments.ts'
import { type Known, takeAnswers } from './answers.ts'
import { type Given, readArguments, USAGE, UsageError } from './arguments.ts'
import { checkFromOutside } from './check-from-outside.ts'
import { readEnvFile, undoEnvFile } from './env-file.ts'
import { goLive, SHOP_YAML } from './go-live.ts'
import { LiveError } from './live-error.ts'
import { hasName } from './shop-name.ts'
import type { ShopCommand } from './shop-process.ts'
import * as words from './words.ts'

const CANCELLED = 130 // as a shell reports Ctrl-C
const COPY_MS = 1_000 // npm passes on Ctrl-C, which the terminal has sent to its script already: npm/cli#5021

/** Runs the command in the working directory, and resolves with its exit code. `command` starts the shop. */
export async function main(args: readonly string[], command: ShopCommand): Promise<number> {
  goOnWithoutReader() // shop and tunnel must end in order
  try {
    const given = readArguments(args)
    if (given.help) say(USAGE)
    else if (given.undo) undo()
    else return await open(given, command)
    return 0
  } catch (error) {
    return report(error as Error)
  }
}

function undo(): void {
  undoEnvFile()
  say(words.undone())
}

async function open(given: Given, command: ShopCommand): Promise<number> {
  const stopping = stopOnSignals()
  const [folder, file] = ['.', readEnvFile()]
  const settings = { inFile: file.values, inEnvironment: process.env }
  const known = { given, settings: { ...file.values, ...process.env }, isNamed: hasName(SHOP_YAML) }
  return goLive({
    answers: await findAnswers(known, stopping),
    folder,
    file,
    settings,
    command: given['no-start'] ? undefined : command,
    isForPeople: Boolean(process.stdout.isTTY),
    say,
    draw: drawOnTerminal,
    check: (config, signal) => checkFromOutside(config, say, signal),
    signal: stopping,
  })
}

async function findAnswers(known: Known, stopping: AbortSignal) {
  if (known.given.yes) return takeAnswers(known)
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new UsageError(
      'This is not a terminal, so nothing can be asked. Add --yes --mode live, and say the rest.',
    )
  const { askAnswers } = await import('./ask.ts') // not needed by programs
  return askAnswers(known, stopping)
}

/** The first signal lets everything end in order. Another one ends it at once, unless it is npm's copy of the first. */
function stopOnSignals(): AbortSignal {
  const stopping = new AbortController()
  let firstAt: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      firstAt ??= performance.now()
      if (performance.now() - firstAt > COPY_MS) process.exit(1)
      stopping.abort()
    })
  return stopping.signal
}

async function drawOnTerminal(url: string): Promise<string | undefined> {
  return process.stdout.isTTY ? (await toCode(url, { type: 'terminal', small: true })).trimEnd() : undefined
}

function say(text: string): void {
  process.stdout.write(`${text.trimEnd()}\n`)
}

function report(error: Error): number {
  if (error.name === 'Cancelled' || error.name === 'AbortError') return CANCELLED
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}\n`)
  else if (error instanceof LiveError || error instanceof ConfigError)
    process.stderr.write(`${error.message}\n`)
  else process.stderr.write(`${error.stack}\n`)
  return error instanceof UsageError ? 2 : 1
}
