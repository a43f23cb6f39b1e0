import type { Readable } from 'node:stream'
import * as z from '../zod.ts'

const WARNING = 40 // pino's number, and those of errors are larger
const logLine = z.object({
  level: z.number(),
  msg: z.string(),
  err: z.object({ message: z.string() }).optional(),
})

/** Returns a function that shows people what the shop writes: warnings and errors as sentences. Programs get the log as it is. */
export function showLog(say: (text: string) => void, isForPeople: boolean): (text: string) => void {
  if (!isForPeople) return say
  return (text) => {
    for (const line of text.split('\n')) {
      const shown = asSentence(line)
      if (shown !== undefined) say(shown)
    }
  }
}

/**
 * Passes on what a program writes, as soon as its lines are whole: a pipe may cut it anywhere. Not by node:readline, which may also
 * end a line at U+2028, as JSON may contain it (findings/node-readline-line-separator.sh).
 */
export function passOnLines(output: Readable, pass: (text: string) => void): void {
  let unfinished = ''
  output.setEncoding('utf8').on('data', (text: string) => {
    const end = text.lastIndexOf('\n') + 1
    if (end > 0) pass(unfinished + text.slice(0, end))
    unfinished = end > 0 ? text.slice(end) : unfinished + text
  })
  output.on('end', () => unfinished && pass(unfinished))
}

function asSentence(line: string): string | undefined {
  try {
    const { level, msg, err } = logLine.parse(JSON.parse(line))
    if (level < WARNING) return undefined
    return `The shop ${level > WARNING ? 'reports an error' : 'warns'}: ${msg}${err ? ` (${err.message})` : ''}`
  } catch {
    return undefined // what npm start says when it begins and ends, which this command says itself
  }
}
