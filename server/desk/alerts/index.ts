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
import { formFields, readForm } from '../read-request.ts'

const MOST_SHOWN = 100
const alertForm = z.strictObject({ form: formFields.form, alert: z.string().max(200) })

/** What the merchant can do to an alert that failed: the address of its form, the effect, and its name in the audit log. */
const ACTIONS = {
  resends: { act: resendAlert, what: 'alert-resent', after: 'waiting' },
  dismissals: { act: dismissAlert, what: 'alert-dismissed', after: 'dismissed' },
}
type ActionName = keyof typeof ACTIONS

/** The alerts that could not be delivered. */
export function alertRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/alerts')
    .get((req, res) => showAlerts(shop, req, res))
    .all(allowOnly('GET'))
  for (const name of Object.keys(ACTIONS) as ActionName[])
    router
      .route(`/alerts/${name}`)
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
  sendDeskPage(shop, req, res, 'desk/alerts/alerts', {
    lead: alerts ? texts.sentTo(new URL(alerts.url).host) : texts.off, // the rest of the URL may be a secret
    failed: failed.slice(0, MOST_SHOWN).map((alert) => ({
      ...present(shop, alert),
      forms: {
        resends: formToken(shop, req, purposeOf('resends', alert.id)),
        dismissals: formToken(shop, req, purposeOf('dismissals', alert.id)),
      },
    })),
    retried: retried.slice(0, MOST_SHOWN).map((alert) => present(shop, alert)),
    more: [failed, retried].some(({ length }) => length > MOST_SHOWN) ? texts.more(MOST_SHOWN) : undefined,
  })
}

const texts = en.desk.alerts
const purposeOf = (name: ActionName, alert: string) => `${name} ${alert}`

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
    next: show(alert.nextAttemptAt),
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

/** Whoever comes second finds the alert gone from the list, or waiting, on the page that they are sent to. */
async function postAction(shop: Shop, req: Request, res: Response, name: ActionName): Promise<void> {
  const { act, what, after } = ACTIONS[name]
  const { form, alert } = await readForm(req, alertForm)
  await spendForm(shop, req, purposeOf(name, alert), form)
  const { session } = merchantOf(res)
  const action = { what, subject: alert, session, before: { alert: 'failed' }, after: { alert: after } }
  await act(shop.db, alert, action, shop.clock.now())
  res.redirect(303, '/desk/alerts')
}
