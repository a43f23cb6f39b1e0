import { ConfigError } from './config-error.ts'
import { parseEnvText, splitAssignment, splitLines, splitStatements } from './parse-env-text.ts'

/** What a setting becomes; undefined: its line becomes a comment, so that it isn't set any more. */
export type SettingChanges = Record<string, string | undefined>

const PLAIN = /^[\w.:/@%+=,-]+$/ // needs no quotes, and means the same to every reader of such files

/**
 * Returns the text of an env file with other values. All else stays as it is: comments, order, line ends. A new setting stands
 * below its example, if the text has one as a comment, and otherwise at the end. Throws a ConfigError if the text is invalid,
 * before or after.
 */
export function changeEnvText(text: string, changes: SettingChanges, path: string): string {
  const before = parseEnvText(text, path)
  const end = /\r\n/.test(text) ? '\r\n' : '\n'
  let lines = splitLines(text)
  for (const [name, value] of Object.entries(changes)) lines = changeSetting(lines, name, value)
  const changed = lines.join(end)
  assertChanged(parseEnvText(changed, path), before, changes, path)
  return changed
}

function changeSetting(lines: string[], name: string, value: string | undefined): string[] {
  if (value !== undefined && !PLAIN.test(value)) throw new TypeError(`${name} would need quotes`)
  const set = splitStatements(lines.join('\n')).find(({ text }) => splitAssignment(text).name === name)
  if (!set) return value === undefined ? lines : addSetting(lines, name, value)
  const [at, count] = [set.line - 1, splitLines(set.text).length]
  const old = lines.slice(at, at + count)
  const replaced = value === undefined ? old.map((line) => `# ${line}`) : [`${name}=${value}`]
  return lines.toSpliced(at, count, ...replaced)
}

function addSetting(lines: string[], name: string, value: string): string[] {
  const example = lines.findIndex((line) => new RegExp(`^#\\s*${name}=`).test(line))
  if (example !== -1) return lines.toSpliced(example + 1, 0, `${name}=${value}`)
  const isEnded = lines.at(-1) === ''
  return isEnded ? lines.toSpliced(-1, 0, `${name}=${value}`) : [...lines, `${name}=${value}`, '']
}

/** Whatever the text was like, the strict reader must find what was meant, and nothing else. */
function assertChanged(
  found: Record<string, string>,
  before: Record<string, string>,
  changes: SettingChanges,
  path: string,
): void {
  const names = new Set([...Object.keys(found), ...Object.keys(before), ...Object.keys(changes)])
  for (const name of names)
    if (found[name] !== (name in changes ? changes[name] : before[name]))
      throw new ConfigError(`${path}: ${name} can’t be changed there by a program. Change it yourself.`)
}
