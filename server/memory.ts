/** What the parts of a shop remember between requests, while it runs. Each is empty after a start. */
import type { Request, Response } from 'express'
import type { CountedCall, ListedOrder, OrderFilter, RejectionCount, Verdict } from '../db/index.ts'
import type { Catalog, Seller } from './catalog/index.ts'
import type { Failures } from './failures.ts'
import type { Report } from './finding.ts'
import type { Seldom } from './seldom.ts'

/** What answering calls of the API remembers. */
export interface ApiCalls {
  /** When repeated calls were last forgotten */
  forgotAt: number
  /** Calls that could not be given back yet, and what will try it again */
  owed: Set<CountedCall>
  timer: NodeJS.Timeout | undefined
}

/** Products that have been sold, and aren't in the catalogue any more. */
export interface GoneProducts {
  /** The catalogue for which they were looked for */
  lookedAt: Catalog['contents']
  /** How many buyers hold each, by slug */
  holders: Map<string, number>
  /** The local day on which they were counted, since passes end with a day */
  countedOn: number | undefined
  /** Settles when the last look for them has ended */
  looking: Promise<void>
  /** Until they are looked for again, a day later, or sooner if the last look has failed */
  timer: NodeJS.Timeout | undefined
}

/** Who sold when, as receipts name them. */
export interface Sellers {
  /** The earliest first; empty until the database has answered, and while nobody was ever named */
  named: readonly { namedAt: number; seller: Seller | undefined }[]
  /** Who was last recorded, or couldn't be */
  noted: Seller | undefined
  /** Until it is tried again */
  timer: NodeJS.Timeout | undefined
}

/** The streams of the desk's list of orders, which share one read a second. */
export interface LiveOrders {
  streams: Set<LiveStream>
  /** Until the next read; undefined while nobody looks */
  timer: NodeJS.Timeout | undefined
  /** The orders that were found by the last read, by id */
  recent: Map<string, ListedOrder>
  /** Whether the last read has failed */
  isFailing: boolean
  /** Whether the shop is shutting down */
  isStopped: boolean
}

export interface LiveStream {
  req: Request
  res: Response
  filter: OrderFilter
  /** Whether nothing has been sent for it yet */
  isNew: boolean
  /** By performance.now() */
  sentAt: number
}

/** Counts of rejected deliveries that the database doesn't have yet, by hour and reason, and what will write them. */
export interface UnwrittenRejections {
  counts: Map<string, RejectionCount>
  timer: NodeJS.Timeout | undefined
}

/** What polling remembers between its rounds. */
export interface Polling {
  /** When each unpaid intent was last polled because a holder looked at its order, oldest first */
  looks: Map<string, number>
  /** How often Code was polled in the current second, and how often each visitor has looked at orders */
  round: { beganAt: number; polls: number; looksOf: Map<string, number> }
  /** How many orders each browser and address has placed lately, the least recent first */
  orders: Map<string, { count: number; at: number }>
  /** The clock's time of the last round, to notice that it was set back */
  lastRoundAt: number
  /** When this instance last looked for another one's clock that is ahead, which polls are examined next, and whether it has found one */
  otherClocks: { examinedAt: number; after: number | undefined; isAhead: boolean }
  /** Where the webhooks of new orders went in the last round */
  webhookUrl: string | undefined
  /** The coupons whose limits the database has */
  limitsStored: Catalog['coupons']['good'] | undefined
  failures: Failures
}

/** Recent events, remembered because anyone may deliver theirs again as often as they like. */
export interface Repeats {
  /** Events that are being settled, by digest */
  inFlight: Map<string, EventInFlight>
  /** The last verdict that was logged about each event, the oldest first */
  logged: Map<string, Verdict>
}

export interface EventInFlight {
  settled: Promise<void>
  /** Deliveries that have arrived since; they share one unit of work once it is settled */
  waiting: number
  next: Promise<void> | undefined
}

/** Codes of coupons that an IP address couldn't use in its current minute, which ends by performance.now(), by address */
export type WrongCodes = Map<string, { codes: Set<string>; endsAt: number }>

/** Wrong tokens and links at the desk of late. */
export interface WrongTokens {
  count: number
  /** How many of them wait for their answers */
  waiting: number
  /** By performance.now() */
  lastAt: number
  warnings: Seldom<string>
}

/** When each of the doctor's probes expires that may still arrive, by the SHA-256 of its body */
export type ExpectedProbes = Map<string, number>

/** What was found by the last check since the start, once that is known; in live mode only */
export interface LastExamination {
  report: Report | undefined
}
