import {
  countAlerts,
  countPolledIntents,
  findLastBackup,
  findNextPoll,
  type Verdict,
} from '../../db/index.ts'
import { isDown } from '../code/index.ts'
import type { ErrorCode } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { type Clock, SECOND_MS } from '../time.ts'

/** A value, and its labels in the order of the measure's label names. */
type Reading = [value: number, ...labels: string[]]

/** Something that is counted or measured, and read when somebody asks. */
export interface Measure {
  name: string
  help: string
  type: 'counter' | 'gauge'
  labelNames?: readonly string[]
  /** No reading at all: the value isn't known, or doesn't exist here. */
  read(shop: Shop): Reading[] | Promise<Reading[]>
}

const MOST_COUNTED = 10_000 // counting more would keep the database busy

// With a value from the start: the first increase of a series that appears only then would be seen by no alert.
const VERDICTS: readonly (Verdict | 'repeated')[] = [
  'applied',
  'duplicate',
  'repeated',
  'unmatched',
  'orphaned',
  'mismatched',
  'login',
  'test',
]
const REJECTIONS: readonly ErrorCode[] = [
  'body-too-large',
  'event-malformed',
  'event-not-trusted',
  'media-type-unsupported',
  'method-not-allowed',
  'request-invalid',
]

export const MEASURES: readonly Measure[] = [
  {
    name: 'nickel_info',
    help: 'The mode of this shop, and the engine of its database. In sandbox mode, all money is test money.',
    type: 'gauge',
    labelNames: ['mode', 'engine'],
    read: ({ config }) => [
      [1, config.mode, config.databaseUrl.startsWith('sqlite:') ? 'sqlite' : 'postgres'],
    ],
  },
  {
    name: 'nickel_requests_total',
    help: 'Answered requests, by method, pattern of the route and class of status.',
    type: 'counter',
    labelNames: ['method', 'route', 'status'],
    read: ({ tally }) => readAnswers(tally.answers),
  },
  {
    name: 'nickel_webhooks_total',
    help: 'Verified webhook deliveries, by verdict.',
    type: 'counter',
    labelNames: ['verdict'],
    read: ({ tally }) => readCounts(tally.deliveries, VERDICTS),
  },
  {
    name: 'nickel_webhook_rejections_total',
    help: 'Webhook deliveries that were rejected before anything of them was stored, by reason.',
    type: 'counter',
    labelNames: ['reason'],
    read: ({ tally }) => readCounts(tally.rejections, REJECTIONS),
  },
  {
    name: 'nickel_polls_total',
    help: 'Polls of an intent at Code, by outcome.',
    type: 'counter',
    labelNames: ['outcome'],
    read: ({ tally }) => Object.entries(tally.polls).map(([outcome, times]) => [times, outcome]),
  },
  {
    name: 'nickel_code_calls_total',
    help: 'Calls to Code, by outcome. A rejected call is an answer.',
    type: 'counter',
    labelNames: ['outcome'],
    read: ({ code }) => Object.entries(code.circuit.calls).map(([outcome, times]) => [times, outcome]),
  },
  {
    name: 'nickel_code_circuit_open',
    help: 'Whether calls to Code fail at once, because it has failed several times in a row: 1 or 0.',
    type: 'gauge',
    read: ({ code }) => [[isDown(code) ? 1 : 0]],
  },
  {
    name: 'nickel_write_queue',
    help: 'Units of work that wait for their transaction.',
    type: 'gauge',
    read: ({ db }) => [[db.measureWrites().waiting]],
  },
  {
    name: 'nickel_commits_total',
    help: 'Transactions that write, each of a group of units of work.',
    type: 'counter',
    read: ({ db }) => [[db.measureWrites().commits]],
  },
  {
    name: 'nickel_commit_seconds_total',
    help: 'Seconds that all transactions that write took together.',
    type: 'counter',
    read: ({ db }) => [[db.measureWrites().commitMs / SECOND_MS]],
  },
  {
    name: 'nickel_checkpoint_lag_seconds',
    help: 'Seconds since the first write that is in the WAL only. SQLite alone has it.',
    type: 'gauge',
    read: ({ db }) => secondsOf(db.measureWrites().checkpointLagMs),
  },
  {
    name: 'nickel_database_errors_total',
    help: 'Reads and units of work that have failed.',
    type: 'counter',
    labelNames: ['operation'],
    read: ({ db }) => Object.entries(db.errors).map(([operation, times]) => [times, operation]),
  },
  {
    name: 'nickel_open_orders',
    help: `Unpaid intents that are still polled, for all instances together. At most ${MOST_COUNTED} are counted.`,
    type: 'gauge',
    read: ({ db }) => unlessFailing(async () => [[await countPolledIntents(db, MOST_COUNTED)]]),
  },
  {
    name: 'nickel_poll_overdue_seconds',
    help: 'Seconds since the most overdue poll of an intent should have been made; 0 if none is due.',
    type: 'gauge',
    read: ({ db, clock }) => unlessFailing(async () => [[secondsSince(await findNextPoll(db), clock)]]),
  },
  {
    name: 'nickel_backup_age_seconds',
    help: 'Seconds since the last backup was made. Without a backup, there is no value.',
    type: 'gauge',
    read: ({ db, clock }) =>
      unlessFailing(async () => {
        const last = await findLastBackup(db)
        return last ? [[secondsSince(last.madeAt, clock)]] : []
      }),
  },
  {
    name: 'nickel_alerts',
    help: `Alerts for the merchant’s webhook that have yet to be sent, or have failed for a day, for all instances together. At most ${MOST_COUNTED} are counted.`,
    type: 'gauge',
    labelNames: ['state'],
    read: ({ db }) =>
      unlessFailing(async () => {
        const { waiting, failed } = await countAlerts(db, MOST_COUNTED)
        return [
          [waiting, 'waiting'],
          [failed, 'failed'],
        ]
      }),
  },
]

/** A route has a count of its errors from its first answer on: Prometheus sees no increase where a count begins with 1. */
function readAnswers(answers: ReadonlyMap<string, number>): Reading[] {
  const errors = [...answers.keys()].map((answer) => answer.replace(/\S+$/, '5xx'))
  return readCounts(answers, errors).map(([times, answer]) => [times, ...String(answer).split(' ')])
}

function readCounts<Key extends string>(counts: ReadonlyMap<Key, number>, known: readonly Key[]): Reading[] {
  return [...new Set([...known, ...counts.keys()])].map((key) => [counts.get(key) ?? 0, key])
}

function secondsOf(ms: number | undefined): Reading[] {
  return ms === undefined ? [] : [[ms / SECOND_MS]]
}

function secondsSince(at: number | undefined, clock: Clock): number {
  const now = clock.now()
  return Math.max(0, now - (at ?? now)) / SECOND_MS
}

/** While the database fails, everything else should still be read: above all, the number of its errors. */
function unlessFailing(read: () => Promise<Reading[]>): Promise<Reading[]> {
  return read().catch(() => [])
}
