import { createInterface } from 'node:readline/promises'
import { readArguments, refuseArguments } from '../server/read-arguments.ts'
import { Failure } from './support/rename/failure.ts'
import { type Ask, type Given, renameProject } from './support/rename/rename-project.ts'

const USAGE = `Turns this project into your own. It commits nothing, so that you can look at the changes first.

  npm run rename -- "Corner Library" [--holder "Corner Library Ltd"] [--samples keep|remove] [--package corner-library]

  --holder    who holds the copyright of your changes, for LICENSE; by default the seller in catalog/shop.yaml, or the name
  --samples   whether the sample products stay; they do by default
  --package   the name in package.json; by default it is made from the shop's name, unless it was chosen before

On a terminal, it asks for the holder and the samples.`

const CANCELLED = 130 // as a shell reports Ctrl-C

const given = readGiven()
const terminal = process.stdin.isTTY
  ? createInterface({ input: process.stdin, output: process.stdout })
  : undefined
// A question doesn't notice by itself that nothing can be typed any more, as after Ctrl-D, and Node would end without a word.
const closing = new AbortController()
terminal?.once('close', () => closing.abort())
const ask: Ask | undefined = terminal && ((question) => terminal.question(question, closing))
try {
  process.stdout.write(`${await renameProject('.', given, ask, new Date().getFullYear())}\n`)
} catch (error) {
  const isCancelled = (error as Error).name === 'AbortError'
  if (!isCancelled && !(error instanceof Failure)) throw error
  process.stderr.write(isCancelled ? '\nNothing has been changed.\n' : `${(error as Error).message}\n`)
  process.exitCode = isCancelled ? CANCELLED : 1
} finally {
  terminal?.close()
}

function readGiven(): Given {
  const text = { type: 'string' } as const
  const options = { holder: text, samples: text, package: text }
  const { values, positionals } = readArguments(USAGE, options, Number.POSITIVE_INFINITY)
  if (positionals.length > 1) refuseArguments(USAGE, 'Put the name between quotation marks.')
  if (!['keep', 'remove', undefined].includes(values.samples))
    refuseArguments(USAGE, `--samples must be keep or remove, not ${values.samples}.`)
  return { ...values, name: positionals[0], packageName: values.package }
}
