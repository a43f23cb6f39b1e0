import type { Request, Response } from 'express'
import { toString as toCode } from 'qrcode'
import { formatMoney } from '../../money/index.ts'
import type { FaultSettings } from '../faults/index.ts'
import type { KeptRequest, State } from '../state/index.ts'
import { en, loadWalletTexts, readerOf, type WalletTexts } from '../texts/index.ts'
import { presentDelivery, presentRequest } from './present.ts'
import type { Returns } from './returns.ts'
import type { Wallet } from './wallet.ts'

const SHOWN = 50

interface Facts {
  /** The sequencer's endpoint for the SDK */
  endpoint: string
  publicKey: string
  faults: FaultSettings
  /** Intents with a trace but without a request */
  refused: string[]
}

interface Shown {
  returns: Returns
  users: ReturnType<Wallet['users']>
  /** The shop's own */
  language(): string | undefined
}

/** Shows the overview of requests and deliveries. */
export function showHome(req: Request, res: Response, { requests, deliveries }: State, facts: Facts): void {
  const { calls, webhooks } = facts.faults
  res.render('home', {
    ...facts,
    hasFaults: calls !== 'none' || webhooks !== 'none',
    base: req.baseUrl,
    requests: requests.list(SHOWN).map((request) => toView(request, en, 'en')),
    deliveries: res.locals.showsDeliveries ? deliveries.list(SHOWN).map(presentDelivery) : [],
    shown: SHOWN,
  })
}

/** Shows the wallet with one request, in the visitor's language. */
export async function showPay(
  req: Request,
  res: Response,
  request: KeptRequest,
  { returns, users, language }: Shown,
): Promise<void> {
  const { code: spoken, locale } = readerOf(req, language())
  const texts = await loadWalletTexts(spoken)
  const shown = users.map((user) => ({
    ...user,
    shown: texts.request.owner(user.name, user.kin.toLocaleString(locale)),
  }))
  const who = shown.find(({ user }) => user === request.user)?.name
  const code = await drawReturn(request, returns)
  res.vary('Accept-Language').vary('Cookie')
  res.render('pay', {
    texts,
    base: req.baseUrl,
    request: toView(request, texts, locale),
    returns,
    users: shown,
    who,
    code,
  })
}

/**
 * Draws the success URL as a QR code, unless it is too long for one. It is part of the page, because a URL for the image would
 * have to contain it.
 */
async function drawReturn(
  { submittedAt }: KeptRequest,
  { success, browser }: Returns,
): Promise<string | undefined> {
  if (submittedAt === null || success === undefined || browser === 'this') return undefined
  return toCode(success, { type: 'svg', width: 200 }).catch(() => undefined)
}

function toView(request: KeptRequest, texts: Pick<WalletTexts, 'request'>, locale: string) {
  const { bill, domain } = request
  const fees = (bill?.fees ?? []).map(({ destination, basisPoints }) => ({
    destination,
    share: `${basisPoints / 100} %`,
  }))
  return {
    ...presentRequest(request),
    money: bill ? formatMoney(bill, locale) : texts.request.loginTo(domain ?? ''),
    fees,
  }
}
