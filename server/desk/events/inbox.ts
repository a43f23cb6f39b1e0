import type { Request, Response } from 'express'
import {
  countOpenEvents,
  findAppliedEvents,
  findEvents,
  type InboxPart,
  type InboxPlace,
  type ListedEvent,
  type Verdict,
} from '../../../db/index.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import * as z from '../../zod.ts'
import { sendDeskPage } from '../access/index.ts'
import { readQuery } from '../read-request.ts'
import { shorten } from '../shorten.ts'
import { showClaimedAmount } from './show-amount.ts'

/** How many events a page shows, and among how many it looks for them and counts them. */
const LIMITS = { limit: 50, lookedAt: 5_000 }
const VERDICTS = ['mismatched', 'orphaned', 'applied', 'duplicate', 'unmatched', 'login', 'test'] as const
/** What the merchant should look at, until it is dismissed or honoured by hand */
const ATTENTION: readonly Verdict[] = ['mismatched', 'orphaned']
const PLACE = /^(\d{1,15})\.([0-9a-f-]{0,80})$/ // when it was seen, and its digest or its payment's id

const query = z.strictObject({
  verdict: z.enum(VERDICTS).default('mismatched'),
  standing: z.enum(['open', 'done']).default('open'),
  after: z.string().regex(PLACE).optional(),
})

type Query = z.infer<typeof query>

/** Lists the events of one verdict. */
export async function showInbox(shop: Shop, req: Request, res: Response): Promise<void> {
  const asked = readQuery(req, query)
  const [part, tabs] = await Promise.all([findPart(shop, asked), countTabs(shop, asked)])
  sendDeskPage(shop, req, res, 'desk/events/inbox', {
    tabs,
    standings: ATTENTION.includes(asked.verdict) ? standingsOf(asked) : [],
    means: en.desk.events.verdict[asked.verdict].means,
    none: describeNone(asked, part),
    events: part.events.map((event) => present(shop, event)),
    older: part.next && pathOf({ ...asked, after: `${part.next.at}.${part.next.id}` }),
    newest: asked.after === undefined ? undefined : pathOf({ ...asked, after: undefined }),
  })
}

function findPart({ db }: Shop, { verdict, standing, after }: Query): Promise<InboxPart> {
  const place = parsePlace(after)
  if (verdict === 'applied') return findAppliedEvents(db, LIMITS, place)
  return findEvents(
    db,
    { verdict, standing: ATTENTION.includes(verdict) ? standing : undefined },
    LIMITS,
    place,
  )
}

function parsePlace(text: string | undefined): InboxPlace | undefined {
  const [, at, id = ''] = PLACE.exec(text ?? '') ?? []
  return at === undefined ? undefined : { at: Number(at), id }
}

function countTabs({ db }: Shop, asked: Query) {
  const { verdict: words, atLeast, open } = en.desk.events
  const tabs = VERDICTS.map(async (verdict) => {
    const count =
      verdict === 'mismatched' || verdict === 'orphaned'
        ? await countOpenEvents(db, verdict, LIMITS.lookedAt)
        : undefined
    return {
      name: words[verdict].name,
      href: pathOf({ verdict, standing: 'open' }),
      isCurrent: verdict === asked.verdict,
      open: count && count.open > 0 ? open(atLeast(count.open, count.isAll)) : undefined,
    }
  })
  return Promise.all(tabs)
}

function standingsOf({ verdict, standing }: Query) {
  return (['open', 'done'] as const).map((each) => ({
    name: en.desk.events.standing[each],
    href: pathOf({ verdict, standing: each }),
    isCurrent: each === standing,
  }))
}

/** An empty list teaches; one that is empty only because the search ended says that. */
function describeNone({ verdict, standing, after }: Query, { next }: InboxPart): string {
  const { searchedBack, noneDone, verdict: words } = en.desk.events
  if (next || after !== undefined) return searchedBack
  return ATTENTION.includes(verdict) && standing === 'done' ? noneDone : words[verdict].none
}

function pathOf({ verdict, standing, after }: Query): string {
  const fields = {
    verdict,
    ...(standing === 'done' && { standing }),
    ...(after !== undefined && { after }),
  }
  return `/desk/events?${new URLSearchParams(fields)}`
}

function present({ config }: Shop, event: ListedEvent) {
  const { noAmount } = en.desk.events
  return {
    digest: event.digest,
    shortDigest: event.digest.slice(0, 12),
    href: `/desk/events/${event.digest}`,
    amount: showClaimedAmount(event) ?? noAmount,
    order: event.order && {
      id: event.order,
      shortId: shorten(event.order),
      href: `/desk/orders/${event.order}`,
    },
    seen: showAt(event.lastSeenAt, config.timeZone),
    times: event.timesSeen,
  }
}
