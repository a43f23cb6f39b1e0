import type Sqlite from 'better-sqlite3'
import type { Commits } from './commits.ts'

export type Party = 'browser' | 'shop' | 'sequencer' | 'wallet'

/** One message about an intent: from whom, to whom, what, and what came of it. `at` in ms since 1970 UTC. */
export interface Message {
  intent: string
  at: number
  from: Party
  to: Party
  says: string
  /** What was answered, or what it led to; null if nothing is answered */
  answer: string | null
  /** False for a failure, a refusal, a rejection or a fault */
  well: boolean
  /** The claims of a webhook as JSON; null for any other message */
  claims: string | null
}

/** A message as it is stored: several equal ones in a row are one line. */
export interface Line extends Omit<Message, 'intent'> {
  /** From 1; a gap means that lines were dropped */
  number: number
  times: number
  lastAt: number
}

export type Lines = ReturnType<typeof createLines>

const MOST_TRACES = 10_000
const FIRST_LINES = 50
const NEWEST_LINES = 150 // of a longer trace, the lines between these two parts are dropped

interface Previous {
  number: number
  speaker: string
  listener: string
  says: string
  answer: string | null
}

/** Returns the functions that store and read the traces of the newest intents. */
export function createLines(db: Sqlite.Database, { alone }: Commits) {
  const begin = db.prepare('INSERT INTO traces (intent) VALUES (@intent)')
  const dropOldest = db.prepare('DELETE FROM traces WHERE seq <= @last - @keep')
  const find = db.prepare('SELECT seq FROM traces WHERE intent = @intent')
  const previous = db.prepare(`
    SELECT number, speaker, listener, says, answer
    FROM lines
    WHERE trace = @trace
    ORDER BY number DESC
    LIMIT 1`)
  const repeat = db.prepare(`
    UPDATE lines
    SET times = times + 1, last_at = @at
    WHERE trace = @trace AND number = @number`)
  const insert = db.prepare(`
    INSERT INTO lines (trace, number, said_at, speaker, listener, says, answer, well, claims, last_at)
    VALUES (@trace, @number, @at, @from, @to, @says, @answer, @well, @claims, @at)`)
  const dropMiddle = db.prepare(`
    DELETE FROM lines
    WHERE trace = @trace AND number > @first AND number <= @number - @newest`)
  const list = db.prepare(`
    SELECT number, said_at AS at, speaker AS "from", listener AS "to", says, answer, well, claims, times,
      last_at AS lastAt
    FROM lines
    WHERE trace = (SELECT seq FROM traces WHERE intent = @intent)
    ORDER BY number`)
  const withoutRequest = db.prepare(`
    SELECT intent
    FROM traces
    WHERE intent NOT IN (SELECT intent FROM requests)
    ORDER BY seq DESC
    LIMIT @limit`)

  function traceOf(intent: string): number {
    const kept = find.get({ intent }) as { seq: number } | undefined
    if (kept) return kept.seq
    const last = Number(begin.run({ intent }).lastInsertRowid)
    dropOldest.run({ last, keep: MOST_TRACES })
    return last
  }

  function add({ intent, well, ...message }: Message): void {
    const trace = traceOf(intent)
    const before = previous.get({ trace }) as Previous | undefined
    if (before && isSame(before, message)) {
      repeat.run({ trace, number: before.number, at: message.at })
      return
    }
    const number = (before?.number ?? 0) + 1
    insert.run({ ...message, trace, number, well: Number(well) })
    if (number > FIRST_LINES + NEWEST_LINES)
      dropMiddle.run({ trace, number, first: FIRST_LINES, newest: NEWEST_LINES })
  }

  return {
    addAll: alone((messages: readonly Message[]): void => messages.forEach(add)),

    of: (intent: string): Line[] =>
      (list.all({ intent }) as (Omit<Line, 'well'> & { well: number })[]).map((line) => ({
        ...line,
        well: line.well === 1,
      })),

    /** Returns the intents with a trace but without a request, such as refused ones; the newest first. */
    intentsWithoutRequest: (limit: number): string[] =>
      (withoutRequest.all({ limit }) as { intent: string }[]).map(({ intent }) => intent),
  }
}

function isSame(before: Previous, { from, to, says, answer }: Omit<Message, 'intent' | 'well'>): boolean {
  return before.speaker === from && before.listener === to && before.says === says && before.answer === answer
}
