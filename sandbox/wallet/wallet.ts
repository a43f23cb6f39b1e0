import { isAddress } from '../addresses.ts'
import { Problem } from '../errors.ts'
import type { Clock, Report } from '../events.ts'
import type { SigningKey } from '../key.ts'
import type { PaymentRequest, State } from '../state/index.ts'
import { type Courier, describePayment, TEST_EVENT } from '../webhooks/index.ts'

export interface WalletDeps {
  state: State
  key: SigningKey
  courier: Courier
  clock: Clock
  report: Report
}

export type Wallet = ReturnType<typeof createWallet>

/** What the pretended wallet can do. Every function throws Problem: 400 for what is no intent, 404 for an unknown one. */
export function createWallet({ state, key, courier, clock, report }: WalletDeps) {
  const { requests, deliveries } = state

  function getRequest(intent: string): PaymentRequest {
    if (!isAddress(intent))
      throw new Problem(400, `${intent.slice(0, 60)} is no intent: those are the base58 text of 32 bytes.`)
    const request = requests.find(intent)
    if (!request)
      throw new Problem(
        404,
        `Nobody has asked for the payment ${intent} here. Requests are made through /v1.`,
      )
    return request
  }

  function getOpenRequest(intent: string): PaymentRequest {
    const request = getRequest(intent)
    if (request.submittedAt !== null)
      throw new Problem(409, `The payment ${intent} was approved already, and nothing is paid twice.`)
    return request
  }

  function send(intent: string | null, url: string, token: string): number {
    const id = deliveries.add({ intent, url, token }, clock.now())
    queueMicrotask(courier.wake) // after a surrounding transaction
    return id
  }

  return {
    getRequest,

    /** The wallet's camera has seen the code. */
    scan(intent: string): PaymentRequest {
      if (getRequest(intent).scannedAt === null) requests.scan(intent, clock.now())
      return getRequest(intent)
    },

    /** Pays, in one step with the webhook that tells of it. Throws Problem 409 for a second time. */
    approve(intent: string): PaymentRequest {
      state.atomically(() => {
        const request = getOpenRequest(intent)
        requests.scan(intent, clock.now())
        requests.submit(intent, clock.now())
        if (request.webhookUrl) send(intent, request.webhookUrl, key.signJws(describePayment(request)))
      })
      report({ what: 'payment approved', intent })
      return getRequest(intent)
    },

    /** Says no. That isn't final: at Code such an intent can still be paid. */
    reject(intent: string): PaymentRequest {
      getOpenRequest(intent)
      requests.reject(intent, clock.now())
      report({ what: 'payment rejected', intent })
      return getRequest(intent)
    },

    /** Sends the same event to the same address again, as a new delivery with attempts of its own. */
    repeat(id: number): number {
      const original = deliveries.find(id)
      if (!original) throw new Problem(404, `There is no delivery ${id}.`)
      return send(original.intent, original.url, original.token)
    },

    sendTestEvent: (url: string): number => send(null, url, key.signJws(TEST_EVENT)),
  }
}
