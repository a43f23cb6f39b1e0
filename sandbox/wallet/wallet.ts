import { isAddress } from '../addresses.ts'
import { type Explain, Problem } from '../errors.ts'
import type { Clock, Report } from '../events.ts'
import type { Faults } from '../faults/index.ts'
import type { SigningKey } from '../key.ts'
import type { Bill, Delivery, KeptRequest, State } from '../state/index.ts'
import type { Streams } from '../streams/index.ts'
import { en } from '../texts/index.ts'
import { type DeliveryWorker, describeSubmission, TEST_EVENT } from '../webhooks/index.ts'
import { findUser, kinFor, presentUsers, type User, users } from './users.ts'

interface WalletDeps {
  state: State
  key: SigningKey
  deliveryWorker: DeliveryWorker
  faults: Pick<Faults, 'ofWebhook'>
  streams: Pick<Streams, 'update'>
  clock: Clock
  report: Report
}

export type Wallet = ReturnType<typeof createWallet>

/** The functions of the test wallet. Each throws a Problem: 400 for what is not an intent, 404 for an unknown one. */
export function createWallet({ state, key, deliveryWorker, faults, streams, clock, report }: WalletDeps) {
  const { requests, deliveries, balances } = state
  for (const { user, kin } of users) balances.open(user, kin)

  function findRequest(intent: string): KeptRequest | undefined {
    if (isAddress(intent)) return requests.find(intent)
    throw new Problem(
      400,
      `${intent.slice(0, 60)} is not an intent: an intent is the base58 text of 32 bytes.`,
    )
  }

  function getRequest(intent: string): KeptRequest {
    const request = findRequest(intent)
    if (!request)
      throw new Problem(
        404,
        `There is no request ${intent} for a payment or login. Requests are made through /v1.`,
      )
    return request
  }

  function getOpenRequest(intent: string, decision: string): KeptRequest {
    const request = getRequest(intent)
    if (request.submittedAt !== null) {
      throw new Problem(
        409,
        `The ${nameOf(request)} ${intent} has already been approved, and can't be ${decision}.`,
        ({ refusals }) => refusals.decided,
      )
    }
    return request
  }

  function getUser(user: string | undefined): User {
    const found = user === undefined ? users[0] : findUser(user)
    if (found) return found
    throw new Problem(400, 'user must be the key of one of the users at /wallet/users, or left out.')
  }

  function pay({ name, user }: User, bill: Bill): void {
    const kin = kinFor(bill)
    if (balances.spend(user, kin)) return
    const owned = balances.find(user) ?? 0
    const explain: Explain = ({ refusals }, locale) =>
      refusals.poor(name, owned.toLocaleString(locale), kin.toLocaleString(locale))
    throw new Problem(409, explain(en, 'en'), explain)
  }

  function send(delivery: Pick<Delivery, 'kind' | 'intent' | 'url' | 'token'>): number {
    const id = deliveries.add(delivery, clock.now())
    queueMicrotask(deliveryWorker.deliverNext) // after the surrounding transaction, if any
    return id
  }

  function announce(intent: string): void {
    const request = getRequest(intent)
    if (request.webhookUrl === null) return
    send({
      kind: nameOf(request),
      intent,
      url: request.webhookUrl,
      token: key.signJws(describeSubmission(request)),
    })
  }

  return {
    findRequest,
    getRequest,
    users: () => presentUsers(balances),

    /** Records that the wallet has scanned the code. */
    scan(intent: string): KeptRequest {
      if (getRequest(intent).scannedAt === null) {
        requests.scan(intent, clock.now())
        report({ what: 'code scanned', intent })
        streams.update(intent)
      }
      return getRequest(intent)
    },

    /**
     * Pays, logs in or both, and adds the webhook in the same transaction. Throws a Problem: 400 for an unknown user, 409
     * for a second approval or a balance that is too small.
     */
    approve(intent: string, payer?: string): KeptRequest {
      const isFirstScan = state.atomically(() => {
        const { bill } = getOpenRequest(intent, 'approved twice')
        const user = getUser(payer)
        if (bill) pay(user, bill)
        const isFirst = requests.scan(intent, clock.now())
        requests.submit(intent, user.user, clock.now())
        announce(intent)
        return isFirst
      })
      const request = getRequest(intent)
      if (isFirstScan) report({ what: 'code scanned', intent })
      report({ what: `${nameOf(request)} approved`, intent })
      const isDelayed = request.webhookUrl !== null && faults.ofWebhook(intent) === 'before-success'
      if (!isDelayed) streams.update(intent) // otherwise after the first attempt
      return request
    },

    /** Returns whether this user has approved the request. Throws a Problem 400 for an unknown user. */
    isApprovedBy(intent: string, payer?: string): boolean {
      return getRequest(intent).user === getUser(payer).user
    },

    /** Rejects a request. That isn't final: as at Code, the intent can still be paid. */
    reject(intent: string): KeptRequest {
      const request = getOpenRequest(intent, 'rejected any more')
      requests.reject(intent, clock.now())
      report({ what: `${nameOf(request)} rejected`, intent })
      streams.update(intent)
      return getRequest(intent)
    },

    /** Adds to a user's balance. Throws a Problem 400 for an unknown user. */
    topUp(user: string, kin: number): void {
      balances.add(getUser(user).user, kin)
      report({ what: 'balance topped up', user, kin })
    },

    /** Sends the same event to the same URL again, as a new delivery with attempts of its own. */
    repeat(id: number): number {
      const original = deliveries.find(id)
      if (!original) throw new Problem(404, `There is no delivery ${id}.`)
      return send(original)
    },

    sendTestEvent: (url: string): number =>
      send({ kind: 'test', intent: null, url, token: key.signJws(TEST_EVENT) }),
  }
}

function nameOf({ bill }: KeptRequest): 'payment' | 'login' {
  return bill ? 'payment' : 'login'
}
