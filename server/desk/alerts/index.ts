import { type Request, type Response, Router } from 'express'
import {
  dismissAlert,
  type FailedAlert,
  findFailedAlerts,
  findRetriedAlerts,
  resendAlert,
} from '../../../db/index.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import { allowOnly } from '../../web/index.ts'
import * as z from '../../zod.ts'
import { formToken, merchantOf, sendDeskPage, spendForm } from '../access/index.ts'
import { leadBack } from '../lead-back.ts'
import { formFields, readDeskForm } from '../read-request.ts'

const MOST_SHOWN = 100
const alertForm = z.strictObject({ form: formFields.form, alert: z.string().max(200) })

/** What the merchant can do to an alert: the address of its form, the effect, and what the audit log has of it. */
const ACTIONS = {
  resends: {
    act: resendAlert,
    what: 'alert-resent',
    before: { alert: 'failed' },
    after: { alert: 'waiting' },
  },
  dismissals: {
    act: dismissAlert,
    what: 'alert-dismissed',
    before: undefined,
    after: { alert: 'dismissed' },
  },
}
type ActionName = keyof typeof ACTIONS
const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[]

/** The alerts that could not be delivered. While none are sent, they can only be dismissed. */
export function alertRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/alerts')
    .get((req, res) => showAlerts(shop, req, res))
    .all(allowOnly('GET'))
  for (const name of ACTION_NAMES)
    router
      .route(`/alerts/${name}`)
      .all(leadBack(() => '/desk/alerts'))
      .post((req, res) => postAction(shop, req, res, name))
      .all(allowOnly('POST'))
  return router
}

async function showAlerts(shop: Shop, req: Request, res: Response): Promise<void> {
  const { alerts } = shop.config
  const [failed, retried] = await Promise.all([
    findFailedAlerts(shop.db, MOST_SHOWN + 1),
    findRetriedAlerts(shop.db, MOST_SHOWN + 1),
  ])
  const dismissing: ActionName[] = ['dismissals']
  const lists = [
    { heading: texts.failed, alerts: failed, actions: alerts ? ACTION_NAMES : dismissing },
    alerts
      ? { heading: texts.retried, alerts: retried, actions: [] }
      : { heading: texts.waiting, alerts: retried, actions: dismissing },
  ].filter((list) => list.alerts.length > 0)
  sendDeskPage(shop, req, res, 'desk/alerts/alerts', {
    lead: alerts ? texts.sentTo(new URL(alerts.url).host) : texts.off, // the rest of the URL may be a secret
    note: alerts || lists.length === 0 ? undefined : texts.notSent,
    none: alerts && lists.length === 0 ? texts.none : undefined,
    lists: lists.map((list) => presentList(shop, req, list)),
    more: [failed, retried].some(({ length }) => length > MOST_SHOWN) ? texts.more(MOST_SHOWN) : undefined,
  })
}

interface List {
  heading: string
  alerts: readonly FailedAlert[]
  /** What the merchant can do to each */
  actions: readonly ActionName[]
}

const texts = en.desk.alerts
const purposeOf = (name: ActionName, alert: string) => `${name} ${alert}`

function presentList(shop: Shop, req: Request, { heading, alerts, actions }: List) {
  const formFor = (name: ActionName, { id }: FailedAlert) => ({
    action: `/desk/alerts/${name}`,
    token: formToken(shop, req, purposeOf(name, id)),
    ...texts.actions[name],
  })
  const entries = alerts.slice(0, MOST_SHOWN).map((alert) => ({
    ...present(shop, alert),
    forms: actions.map((name) => formFor(name, alert)),
  }))
  return { heading, entries }
}

function present({ config }: Shop, alert: FailedAlert) {
  const show = (at: number | undefined) => (at === undefined ? undefined : showAt(at, config.timeZone))
  return {
    id: alert.id,
    name: texts.names[alert.type],
    type: alert.type,
    href: addressOf(alert),
    happened: showAt(alert.announcedAt, config.timeZone),
    reason: explain(alert.reason),
    answer: alert.answer,
    attempts: texts.attempts(alert.attempts),
    failed: show(alert.failedAt),
    next: config.alerts && show(alert.nextAttemptAt),
  }
}

function addressOf({ type, subject, order }: FailedAlert): string | undefined {
  if (type.startsWith('event.')) return `/desk/events/${subject}`
  return order && `/desk/orders/${order}`
}

/** Says why an attempt failed; the reason is a status, one of our own, or the code of a network error. */
function explain(reason: string): string {
  if (/^\d+$/.test(reason)) return texts.answered(reason)
  return (texts.reasons as Record<string, string>)[reason] ?? texts.unreachable(reason)
}

/**
 * Whoever comes second finds the alert gone from the list, or waiting, on the page that they are sent to; and whoever wants one
 * to be sent while none are, finds there how to switch that on.
 */
async function postAction(shop: Shop, req: Request, res: Response, name: ActionName): Promise<void> {
  const { act, ...recorded } = ACTIONS[name]
  const { form, alert } = await readDeskForm(req, alertForm)
  await spendForm(shop, req, purposeOf(name, alert), form)
  const action = { ...recorded, subject: alert, session: merchantOf(res).session }
  if (name === 'dismissals' || shop.config.alerts) await act(shop.db, alert, action, shop.clock.now())
  res.redirect(303, '/desk/alerts')
}
