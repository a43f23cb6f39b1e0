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
  const unfinished = { text: '' }
  return (text) => {
    const lines = `${unfinished.text}${text}`.split('\n')
    unfinished.text = lines.pop() ?? ''
    for (const line of lines) {
      const shown = asSentence(line)
      if (shown !== undefined) say(shown)
    }
  }
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
