import type Sqlite from 'better-sqlite3'

export interface Fee {
  destination: string
  basisPoints: number
}

/** What a merchant asked for. */
export interface PaymentDetails {
  intent: string
  currency: string
  hundredths: number
  destination: string
  domain: string | null
  fees: Fee[]
}

/** A request with all that has happened to it. */
export interface PaymentRequest extends PaymentDetails {
  createdAt: number
  scannedAt: number | null
  rejectedAt: number | null
  submittedAt: number | null
  webhookUrl: string | null
}

export type Requests = ReturnType<typeof createRequests>

const SELECT = `
  SELECT requests.intent, currency, hundredths, destination, domain, created_at AS createdAt,
    scanned_at AS scannedAt, rejected_at AS rejectedAt, submitted_at AS submittedAt, url AS webhookUrl
  FROM requests
  LEFT JOIN scans ON scans.intent = requests.intent
  LEFT JOIN rejections ON rejections.intent = requests.intent
  LEFT JOIN submissions ON submissions.intent = requests.intent
  LEFT JOIN webhooks ON webhooks.intent = requests.intent`

/** The requests of one database, the newest `keep` of them. */
export function createRequests(db: Sqlite.Database, keep: number) {
  const find = db.prepare(`${SELECT} WHERE requests.intent = @intent`)
  const list = db.prepare(`${SELECT} ORDER BY seq DESC LIMIT @limit`)
  const fees = db.prepare(`
    SELECT destination, basis_points AS basisPoints
    FROM fees
    WHERE intent = @intent
    ORDER BY position`)
  const insert = db.prepare(`
    INSERT INTO requests (intent, currency, hundredths, destination, domain, created_at)
    VALUES (@intent, @currency, @hundredths, @destination, @domain, @now)`)
  const insertFee = db.prepare(`
    INSERT INTO fees (intent, position, destination, basis_points)
    VALUES (@intent, @position, @destination, @basisPoints)`)
  const dropOldest = db.prepare('DELETE FROM requests WHERE seq <= @last - @keep')
  const scan = db.prepare('INSERT INTO scans VALUES (@intent, @now) ON CONFLICT (intent) DO NOTHING')
  const reject = db.prepare('INSERT INTO rejections VALUES (@intent, @now) ON CONFLICT (intent) DO NOTHING')
  const submit = db.prepare('INSERT INTO submissions VALUES (@intent, @now) ON CONFLICT (intent) DO NOTHING')
  const register = db.prepare(
    'INSERT INTO webhooks VALUES (@intent, @url, @now) ON CONFLICT (intent) DO NOTHING',
  )

  const withFees = (row: unknown) => {
    const request = row as PaymentRequest
    return { ...request, fees: fees.all({ intent: request.intent }) as Fee[] }
  }

  return {
    find(intent: string): PaymentRequest | undefined {
      const row = find.get({ intent })
      return row === undefined ? undefined : withFees(row)
    },

    /** The newest first. */
    list: (limit: number): PaymentRequest[] => list.all({ limit }).map(withFees),

    add: db.transaction(({ fees, ...details }: PaymentDetails, now: number): void => {
      const { lastInsertRowid: last } = insert.run({ ...details, now })
      fees.forEach((fee, position) => {
        insertFee.run({ ...fee, intent: details.intent, position })
      })
      dropOldest.run({ last, keep })
    }).immediate,

    /** False: it was there already, and the first time stands. The same goes for the next three. */
    scan: (intent: string, now: number): boolean => scan.run({ intent, now }).changes === 1,
    reject: (intent: string, now: number): boolean => reject.run({ intent, now }).changes === 1,
    submit: (intent: string, now: number): boolean => submit.run({ intent, now }).changes === 1,
    registerWebhook: (intent: string, url: string, now: number): boolean =>
      register.run({ intent, url, now }).changes === 1,
  }
}
