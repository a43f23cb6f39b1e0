import type Sqlite from 'better-sqlite3'
import type { Commits } from './commits.ts'

export type Party = 'browser' | 'shop' | 'sequencer' | 'wallet'

/** One thing that was said: who, to whom, what, and what came of it. `at` in ms since 1970 UTC. */
export interface Saying {
  intent: string
  at: number
  from: Party
  to: Party
  says: string
  /** What was answered, or what it led to; null where nothing is answered */
  answer: string | null
  /** Was it what one would wish for? */
  well: boolean
  /** The claims of a webhook as JSON; null: it was none */
  claims: string | null
}

/** A saying as it is kept: several in a row that are the same are one line. */
export interface Line extends Omit<Saying, 'intent'> {
  /** From 1; a gap tells that lines were dropped */
  number: number
  times: number
  lastAt: number
}

export type Lines = ReturnType<typeof createLines>

const MOST_CONVERSATIONS = 10_000
const FIRST_LINES = 50 // how it began …
const NEWEST_LINES = 150 // … and where it stands; what lies between is dropped

interface Previous {
  number: number
  speaker: string
  listener: string
  says: string
  answer: string | null
}

/** The conversations about the newest intents of one database. */
export function createLines(db: Sqlite.Database, { alone }: Commits) {
  const begin = db.prepare('INSERT INTO conversations (intent) VALUES (@intent)')
  const dropOldest = db.prepare('DELETE FROM conversations WHERE seq <= @last - @keep')
  const find = db.prepare('SELECT seq FROM conversations WHERE intent = @intent')
  const previous = db.prepare(`
    SELECT number, speaker, listener, says, answer
    FROM lines
    WHERE conversation = @conversation
    ORDER BY number DESC
    LIMIT 1`)
  const repeat = db.prepare(`
    UPDATE lines
    SET times = times + 1, last_at = @at
    WHERE conversation = @conversation AND number = @number`)
  const insert = db.prepare(`
    INSERT INTO lines (conversation, number, said_at, speaker, listener, says, answer, well, claims, last_at)
    VALUES (@conversation, @number, @at, @from, @to, @says, @answer, @well, @claims, @at)`)
  const dropMiddle = db.prepare(`
    DELETE FROM lines
    WHERE conversation = @conversation AND number > @first AND number <= @number - @newest`)
  const list = db.prepare(`
    SELECT number, said_at AS at, speaker AS "from", listener AS "to", says, answer, well, claims, times,
      last_at AS lastAt
    FROM lines
    WHERE conversation = (SELECT seq FROM conversations WHERE intent = @intent)
    ORDER BY number`)
  const withoutRequest = db.prepare(`
    SELECT intent
    FROM conversations
    WHERE intent NOT IN (SELECT intent FROM requests)
    ORDER BY seq DESC
    LIMIT @limit`)

  function conversationOf(intent: string): number {
    const kept = find.get({ intent }) as { seq: number } | undefined
    if (kept) return kept.seq
    const last = Number(begin.run({ intent }).lastInsertRowid)
    dropOldest.run({ last, keep: MOST_CONVERSATIONS })
    return last
  }

  function add({ intent, well, ...saying }: Saying): void {
    const conversation = conversationOf(intent)
    const before = previous.get({ conversation }) as Previous | undefined
    if (before && isSame(before, saying)) {
      repeat.run({ conversation, number: before.number, at: saying.at })
      return
    }
    const number = (before?.number ?? 0) + 1
    insert.run({ ...saying, conversation, number, well: Number(well) })
    if (number > FIRST_LINES + NEWEST_LINES)
      dropMiddle.run({ conversation, number, first: FIRST_LINES, newest: NEWEST_LINES })
  }

  return {
    addAll: alone((sayings: readonly Saying[]): void => sayings.forEach(add)),

    of: (intent: string): Line[] =>
      (list.all({ intent }) as (Omit<Line, 'well'> & { well: number })[]).map((line) => ({
        ...line,
        well: line.well === 1,
      })),

    /** Intents that were talked about and are no requests, such as refused ones; the newest first. */
    intentsWithoutRequest: (limit: number): string[] =>
      (withoutRequest.all({ limit }) as { intent: string }[]).map(({ intent }) => intent),
  }
}

function isSame(before: Previous, { from, to, says, answer }: Omit<Saying, 'intent' | 'well'>): boolean {
  return before.speaker === from && before.listener === to && before.says === says && before.answer === answer
}
