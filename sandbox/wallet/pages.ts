import type { Request, Response } from 'express'
import type { PaymentRequest, State } from '../state/index.ts'
import { presentDelivery, presentRequest, showMoney } from './present.ts'
import type { Returns } from './returns.ts'

const SHOWN = 50

interface Facts {
  /** Where the SDK finds the sequencer */
  endpoint: string
  publicKey: string
}

/** The overview: what was asked for, what was sent. */
export function showHome(req: Request, res: Response, { requests, deliveries }: State, facts: Facts): void {
  res.render('home', {
    ...facts,
    base: req.baseUrl,
    requests: requests.list(SHOWN).map(toView),
    deliveries: deliveries.list(SHOWN).map(presentDelivery),
    shown: SHOWN,
  })
}

/** The wallet, opened on one request. */
export function showPay(req: Request, res: Response, request: PaymentRequest, returns: Returns): void {
  res.render('pay', { base: req.baseUrl, request: toView(request), returns })
}

function toView(request: PaymentRequest) {
  const view = presentRequest(request)
  const fees = view.fees.map(({ destination, basisPoints }) => ({
    destination,
    share: `${basisPoints / 100} %`,
  }))
  return { ...view, money: showMoney(view), fees }
}
