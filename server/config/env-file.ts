import { isUtf8 } from 'node:buffer'
import { lstatSync, readFileSync } from 'node:fs'
import dotenv from 'dotenv'
import { ConfigError } from './config-error.ts'
import { parseEnvText, splitLines } from './parse-env-text.ts'

/**
 * Adds the variables of an env file to `env`, except those that are set there already, even to an empty text. A missing
 * file adds nothing. Throws a ConfigError if the file can't be read, isn't UTF-8, or has an invalid line. Its message
 * never shows a value, since values may be secret.
 */
export function loadEnvFile(env: NodeJS.ProcessEnv, path = '.env'): void {
  const bytes = readIfPresent(path)
  if (bytes) dotenv.populate(env as Record<string, string>, parseEnvText(decodeEnvFile(bytes, path), path))
}

function readIfPresent(path: string): Buffer | undefined {
  try {
    // By lstat, since a link to a missing file is a mistake, while having no file at all is fine.
    return lstatSync(path, { throwIfNoEntry: false }) && readFileSync(path)
  } catch (cause) {
    throw new ConfigError(describeFailure(cause as NodeJS.ErrnoException, path), { cause })
  }
}

function describeFailure({ code, message }: NodeJS.ErrnoException, path: string): string {
  const failures: Record<string, string> = {
    EACCES: 'cannot be read: permission denied. Give the user who runs the shop read access to it.',
    EISDIR: 'is a folder. Replace it with a file that has a line NAME=value for each setting, or remove it.',
    ENOENT: 'is a link to a file that does not exist. Correct the link, or remove it.',
  }
  return `${path} ${failures[code ?? ''] ?? `cannot be read: ${message}`}`
}

/** Decodes UTF-8 strictly, and leaves out the byte order mark that some editors write. */
export function decodeEnvFile(bytes: Buffer, path: string): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes)
  const isUtf16 = /^(?:fffe|feff)/.test(bytes.toString('hex', 0, 2))
  const problem = isUtf16 ? 'the file is UTF-16' : 'the line is not UTF-8'
  throw new ConfigError(`${path}:${findInvalidLine(bytes)}: ${problem}. Save the file as UTF-8.`)
}

function findInvalidLine(bytes: Buffer): number {
  const lines = splitLines(bytes.toString('latin1')) // one character for each byte
  return lines.findIndex((line) => !isUtf8(Buffer.from(line, 'latin1'))) + 1
}
