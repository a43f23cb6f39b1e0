import type Sqlite from 'better-sqlite3'
import type { Commits } from './commits.ts'

export interface Fee {
  destination: string
  basisPoints: number
}

/** The amount to be paid, and to whom. */
export interface Bill {
  currency: string
  hundredths: number
  destination: string
  fees: Fee[]
}

/** A merchant's request for a payment, a login, or both. */
export interface RequestDetails {
  intent: string
  /** null if only a login is requested */
  bill: Bill | null
  domain: string | null
  /** Who requests a login; null if nobody does */
  verifier: string | null
}

/** A request with everything that has happened to it. */
export interface KeptRequest extends RequestDetails {
  createdAt: number
  scannedAt: number | null
  rejectedAt: number | null
  submittedAt: number | null
  /** Who paid or logged in */
  user: string | null
  webhookUrl: string | null
}

interface Row extends Omit<KeptRequest, 'bill'> {
  currency: string | null
  hundredths: number
  destination: string
}

export type Requests = ReturnType<typeof createRequests>

const SELECT = `
  SELECT requests.intent, currency, hundredths, destination, domain, verifier, created_at AS createdAt,
    scanned_at AS scannedAt, rejected_at AS rejectedAt, submitted_at AS submittedAt, user, url AS webhookUrl
  FROM requests
  LEFT JOIN scans ON scans.intent = requests.intent
  LEFT JOIN rejections ON rejections.intent = requests.intent
  LEFT JOIN submissions ON submissions.intent = requests.intent
  LEFT JOIN webhooks ON webhooks.intent = requests.intent`

/** Returns the functions for requests, of which the newest `keep` are stored. */
export function createRequests(db: Sqlite.Database, keep: number, { together, alone, stored }: Commits) {
  const find = db.prepare(`${SELECT} WHERE requests.intent = @intent`)
  const list = db.prepare(`${SELECT} ORDER BY seq DESC LIMIT @limit`)
  const fees = db.prepare(`
    SELECT destination, basis_points AS basisPoints
    FROM fees
    WHERE intent = @intent
    ORDER BY position`)
  const insert = db.prepare(`
    INSERT INTO requests (intent, currency, hundredths, destination, domain, verifier, created_at)
    VALUES (@intent, @currency, @hundredths, @destination, @domain, @verifier, @now)`)
  const insertFee = db.prepare(`
    INSERT INTO fees (intent, position, destination, basis_points)
    VALUES (@intent, @position, @destination, @basisPoints)`)
  const dropOldest = db.prepare('DELETE FROM requests WHERE seq <= @last - @keep')
  const scan = db.prepare('INSERT INTO scans VALUES (@intent, @now) ON CONFLICT (intent) DO NOTHING')
  const reject = db.prepare(`
    INSERT INTO rejections VALUES (@intent, @now)
    ON CONFLICT (intent) DO UPDATE SET rejected_at = excluded.rejected_at`)
  const submit = db.prepare(
    'INSERT INTO submissions VALUES (@intent, @user, @now) ON CONFLICT (intent) DO NOTHING',
  )
  const register = db.prepare(
    'INSERT INTO webhooks VALUES (@intent, @url, @now) ON CONFLICT (intent) DO NOTHING',
  )

  const toRequest = (row: unknown): KeptRequest => {
    const { currency, hundredths, destination, ...rest } = row as Row
    if (currency === null) return { ...rest, bill: null }
    const takers = fees.all({ intent: rest.intent }) as Fee[]
    return { ...rest, bill: { currency, hundredths, destination, fees: takers } }
  }

  return {
    find(intent: string): KeptRequest | undefined {
      const row = find.get({ intent })
      return row === undefined ? undefined : toRequest(row)
    },

    /** Returns the newest first. */
    list: (limit: number): KeptRequest[] => list.all({ limit }).map(toRequest),

    /** Stores a request. It is on the disk once `stored` resolves. */
    add: together(({ intent, bill, domain, verifier }: RequestDetails, now: number): void => {
      const { currency, hundredths, destination } = bill ?? {
        currency: null,
        hundredths: null,
        destination: null,
      }
      const { lastInsertRowid: last } = insert.run({
        intent,
        currency,
        hundredths,
        destination,
        domain,
        verifier,
        now,
      })
      bill?.fees.forEach((fee, position) => {
        insertFee.run({ ...fee, intent, position })
      })
      dropOldest.run({ last, keep })
    }),

    /** Stores a rejection in the place of an earlier one: what is rejected can still be paid, and be rejected again. */
    reject: alone((intent: string, now: number): void => void reject.run({ intent, now })),

    /** Each of these three stores a fact the first time, and returns false if it was stored before. */
    scan: alone((intent: string, now: number): boolean => scan.run({ intent, now }).changes === 1),
    submit: alone(
      (intent: string, user: string, now: number): boolean => submit.run({ intent, user, now }).changes === 1,
    ),
    /** This one is on the disk once `stored` resolves. */
    registerWebhook: together(
      (intent: string, url: string, now: number): boolean => register.run({ intent, url, now }).changes === 1,
    ),

    /** Resolves once everything written or read here so far is on the disk; rejects if it could not be stored. */
    stored,
  }
}
