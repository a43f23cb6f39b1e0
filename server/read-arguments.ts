import { type ParseArgsConfig, parseArgs } from 'node:util'

/**
 * Reads the arguments of a command, which from then on goes on without a reader. `--help` prints how it is used, and ends the
 * process with 0; wrong arguments end it with 2. `positionals`: how many of them it takes at most.
 */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: Options,
  positionals = 0,
) {
  goOnWithoutReader()
  const parsed = parse(usage, options)
  if ('help' in parsed.values && parsed.values.help) {
    process.stdout.write(`${usage}\n`)
    process.exit(0)
  }
  const [unexpected] = parsed.positionals.slice(positionals)
  if (unexpected !== undefined) refuseArguments(usage, `Unexpected argument: ${unexpected}`)
  return parsed
}

/**
 * Lets a command finish its work after its terminal or the program that reads its output, such as `head -1`, has gone. Node would
 * end it with a stack, in the middle of what it does.
 */
export function goOnWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

function parse<const Options extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: Options,
) {
  const all = { ...options, help: { type: 'boolean', short: 'h' } } as const
  try {
    return parseArgs({ allowPositionals: true, options: all })
  } catch (error) {
    return refuseArguments(usage, describeFault(error))
  }
}

const NAMED = /'(?:-\w, )?(.*?)(?: <value>)?'/s // the first thing that a message of parseArgs quotes

/** Says in a sentence what parseArgs has found wrong. Its own sentences give advice, mostly about something else. */
export function describeFault(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const name = NAMED.exec(message)?.[1]
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `Unknown option ${name}`
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `Unexpected argument: ${name}`
  return message.includes('does not take') ? `${name} takes no value` : `${name} needs a value`
}

/** Says what is wrong with the arguments and what would be right, and ends the process with 2. */
export function refuseArguments(usage: string, fault: string): never {
  process.stderr.write(`${fault}\n\n${usage}\n`)
  process.exit(2)
}
