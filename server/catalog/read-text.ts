import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { describeUnreadable, Fault } from './fault.ts'

const LINE_FEED = 0x0a
const NO_ASCII = /\P{ASCII}/u
const AROUND = 12 // characters shown on each side of one that can't be read
// Marks at the beginning of files that are not UTF-8.
const UTF_16 = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])]
const CONTROL = /[^\P{Cc}\t\n\r]/u
const KNOWN_CONTROLS: Record<string, string> = {
  '\0': 'a NUL character, so it is UTF-16, or not text at all: save it as UTF-8',
  '\v': 'a vertical tab (U+000B), as which PowerPoint and Word copy a line break: write a line break in its place',
  '\f': 'a form feed (U+000C), which begins a page when printed: remove it',
  '\x1b': 'an escape character (U+001B), so it is ISO-2022-JP, or not plain text: save it as UTF-8',
}

/**
 * Reads a file of text. Whatever is not UTF-8 would be sold with � in it, so it is a Fault. So is a control character: no page
 * shows it, text in ISO-2022-JP or UTF-16 would pass as UTF-8 otherwise, and the feed must not contain any.
 */
export function readText(path: string): string {
  const bytes = readBytes(path, (message) => new Fault(1, message))
  if (UTF_16.some((mark) => bytes.subarray(0, mark.length).equals(mark)))
    throw new Fault(1, 'the file is UTF-16: save it as UTF-8')
  if (!isUtf8(bytes)) throw explainBytes(bytes)
  const text = bytes.toString('utf8')
  const control = CONTROL.exec(text)
  if (control)
    throw new Fault(lineAt(text, control.index), `the file contains ${describeControl(control[0])}`)
  return text
}

function describeControl(control: string): string {
  const number = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return KNOWN_CONTROLS[control] ?? `the control character U+${number}, which no page can show: remove it`
}

/** Reads a file of any kind. `fault` makes an error from a description of what is wrong. */
export function readBytes(path: string, fault: (message: string) => Error): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw fault(describeUnreadable(cause as Error))
  }
}

/** Reads at most so many bytes from the beginning of a file. `fault` makes an error from a description of what is wrong. */
export function readBeginning(path: string, length: number, fault: (message: string) => Error): Buffer {
  try {
    const file = openSync(path, 'r')
    try {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(file, bytes, 0, length, 0))
    } finally {
      closeSync(file)
    }
  } catch (cause) {
    throw fault(describeUnreadable(cause as Error))
  }
}

/** No byte of a UTF-8 sequence is a line feed, so each line can be checked alone. */
function explainBytes(bytes: Buffer): Fault {
  const lines = splitLines(bytes)
  const at = lines.findIndex((line) => !isUtf8(line))
  const guess = new TextDecoder('windows-1252').decode(lines[at])
  const from = Math.max(0, guess.search(NO_ASCII) - AROUND)
  const part = guess.slice(from, from + 2 * AROUND).trim()
  return new Fault(
    at + 1,
    `the file is not UTF-8. If this line has “${part}” in it, the file is Windows-1252: save it as UTF-8`,
  )
}

function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let start = 0, end = 0; end !== -1; start = end + 1) {
    end = bytes.indexOf(LINE_FEED, start)
    lines.push(bytes.subarray(start, end === -1 ? undefined : end))
  }
  return lines
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
