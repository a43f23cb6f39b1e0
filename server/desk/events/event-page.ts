import type { Request, Response } from 'express'
import { findEvent, type InboxEvent } from '../../../db/index.ts'
import { isOurDestination } from '../../catalog/index.ts'
import { type DecodedEvent, decodeEvent } from '../../code/index.ts'
import { ShopError } from '../../errors.ts'
import { compareWithTerms } from '../../orders/index.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import * as z from '../../zod.ts'
import { formToken, sendDeskPage } from '../access/index.ts'
import { findHonourable } from '../order/index.ts'
import { readQuery } from '../read-request.ts'
import { readHistory } from './history.ts'
import { showClaimedAmount } from './show-amount.ts'

const DIGEST = /^[0-9a-f]{64}$/
const OUTCOMES = ['changed', 'unchanged', 'untrusted', 'dismissed'] as const

const query = z.strictObject({ done: z.enum(OUTCOMES).optional() })

export type Digest = { digest: string }
export type Outcome = (typeof OUTCOMES)[number]

/** What a form of this event's page is for. */
export const purposeOf = (what: 'judge' | 'dismiss', digest: string) => `${what} event ${digest}`

/** Whether an event waits for the merchant. */
function isOpen({ verdict, isDone }: InboxEvent): boolean {
  return (verdict === 'mismatched' || verdict === 'orphaned') && !isDone
}

/** Finds the event of a page. Throws page-not-found. */
export async function getEvent({ db }: Shop, { params: { digest } }: Request<Digest>): Promise<InboxEvent> {
  const event = DIGEST.test(digest) ? await findEvent(db, digest) : undefined
  if (!event) throw new ShopError('page-not-found', (t) => t.noEvent())
  return event
}

/** Leads back to the event's page, which says what came of an action. */
export function redirectToEvent(res: Response, digest: string, done: Outcome): void {
  res.redirect(303, `/desk/events/${digest}?done=${done}`)
}

/** Shows one event: what it claims beside what was ordered, the token, and what can be done about it. */
export async function showEvent(
  shop: Shop,
  req: Request<Digest>,
  res: Response,
  isReasonMissing = false,
): Promise<void> {
  const { done } = readQuery(req, query)
  const event = await getEvent(shop, req)
  const { digest, verdict } = event
  const decoded = decodeEvent(event.jws)
  const isHonourable = verdict !== 'orphaned' || (await findHonourable(shop, digest)) !== undefined
  const { timeZone } = shop.config
  const words = en.desk.events
  sendDeskPage(shop, req, res, 'desk/events/event', {
    done: done && words.done[done],
    verdict: words.verdict[verdict].name,
    standing: describeStanding(event, decoded, isHonourable),
    tone: toneOf(event),
    facts: presentFacts(event, decoded, timeZone),
    isCompared: event.terms !== undefined,
    claims: presentClaims(event, decoded),
    token: { header: decoded.header, payload: decoded.payload, raw: event.jws },
    judge: {
      action: `/desk/events/${digest}/judgements`,
      form: formToken(shop, req, purposeOf('judge', digest)),
    },
    dismiss: isOpen(event)
      ? {
          action: `/desk/events/${digest}/dismissal`,
          lead: verdict === 'mismatched' ? words.one.dismissMismatched : words.one.dismissOrphaned,
          form: formToken(shop, req, purposeOf('dismiss', digest)),
        }
      : undefined,
    isReasonMissing,
    honour: isHonourable ? honouringOf(shop, event, decoded) : undefined,
    history: await readHistory(shop, event),
  })
}

function describeStanding(event: InboxEvent, { claims }: DecodedEvent, isHonourable: boolean): string {
  const { standings } = en.desk.events
  const { terms, verdict } = event
  if (event.honoured !== undefined) return standings.honoured
  if (event.dismissed) return standings.dismissed(event.dismissed.reason)
  if (verdict === 'orphaned' && terms) return event.isDone ? standings.hasPaidOrder : standings.hasOrder
  if (!isHonourable) return standings.unreadable
  if (verdict === 'duplicate' && event.payment?.isProvenByThis)
    return event.payment.isHonoured ? standings.confirmsHonoured : standings.confirmsPolled
  if (verdict !== 'mismatched' || !event.payment) return standings[verdict]
  const isAsOrdered = terms && !compareWithTerms(terms, claims).some(({ differs }) => differs)
  return isAsOrdered ? standings.refundedOtherwise : standings.paidOtherwise
}

/** Whether it is what the merchant hopes for, or something to look at. */
function toneOf(event: InboxEvent): 'good' | 'bad' | 'plain' {
  if (isOpen(event)) return 'bad'
  return event.verdict === 'applied' ? 'good' : 'plain'
}

function presentFacts(event: InboxEvent, { claims }: DecodedEvent, timeZone: string) {
  const { one } = en.desk.events
  const order = event.honoured ?? event.order
  return {
    digest: event.digest,
    first: showAt(event.firstSeenAt, timeZone),
    last: showAt(event.lastSeenAt, timeZone),
    times: event.timesSeen,
    order: order === undefined ? undefined : { id: order, href: `/desk/orders/${order}` },
    user: claims.user ?? one.none,
    quarks: claims.quarks === null ? one.none : String(claims.quarks),
    rate: claims.exchangeRate === null ? one.none : String(claims.exchangeRate),
  }
}

/** A row for each claim that a payment depends on; `ordered` where there is something to compare it with. */
function presentClaims({ terms }: InboxEvent, { claims }: DecodedEvent) {
  const { one } = en.desk.events
  const compared = terms && compareWithTerms(terms, claims)
  const differs = (claim: string) => compared?.find((each) => each.claim === claim)?.differs
  return [
    { name: one.intent, claimed: claims.intent, ordered: terms && claims.intent, differs: terms && false },
    {
      name: one.amount,
      claimed: showClaimedAmount(claims),
      ordered: terms && showClaimedAmount(terms),
      differs: differs('amount'),
    },
    {
      name: one.destination,
      claimed: claims.destination,
      ordered: terms?.destination,
      differs: differs('destination'),
    },
    ...(terms?.fees || claims.fees !== ''
      ? [
          {
            name: one.fees,
            claimed: showFees(claims.fees),
            ordered: terms && showFees(terms.fees),
            differs: differs('fees'),
          },
        ]
      : []),
    {
      name: one.state,
      claimed: claims.state,
      ordered: compared?.find((each) => each.claim === 'state')?.ordered,
      differs: differs('state'),
    },
  ].map((row) => ({ ...row, claimed: row.claimed ?? one.nothing }))
}

function showFees(fees: string | null): string | null {
  return fees === '' ? en.desk.events.one.none : fees
}

/** Where the merchant vouches for the money of this event, if there is anything to vouch for. */
function honouringOf(shop: Shop, event: InboxEvent, { claims }: DecodedEvent) {
  const { one } = en.desk.events
  if (event.honoured !== undefined) return undefined
  if (event.verdict === 'orphaned' && event.terms) return undefined
  if (event.verdict === 'orphaned')
    return { href: `/desk/events/${event.digest}/honour`, lead: one.honourOrphaned, isLikely: true }
  if (event.verdict !== 'mismatched' || event.payment) return undefined
  const paysUs = (event.paysUs || isOurDestination(shop, claims.destination)) && claims.state === 'SUBMITTED'
  return {
    href: `/desk/orders/${event.order}/honour?event=${event.digest}`,
    lead: paysUs ? one.honourMismatched : one.honourElsewhere,
    isLikely: paysUs,
  }
}
