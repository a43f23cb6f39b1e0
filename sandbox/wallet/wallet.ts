import { isAddress } from '../addresses.ts'
import { Problem } from '../errors.ts'
import type { Clock, Report } from '../events.ts'
import type { Faults } from '../faults/index.ts'
import type { SigningKey } from '../key.ts'
import type { Bill, Delivery, KeptRequest, State } from '../state/index.ts'
import type { Streams } from '../streams/index.ts'
import { type Courier, describeSubmission, TEST_EVENT } from '../webhooks/index.ts'
import { findUser, kinFor, presentUsers, type User, users } from './users.ts'

export interface WalletDeps {
  state: State
  key: SigningKey
  courier: Courier
  faults: Pick<Faults, 'ofWebhook'>
  streams: Pick<Streams, 'update'>
  clock: Clock
  report: Report
}

export type Wallet = ReturnType<typeof createWallet>

/** What the pretended wallet can do. Every function throws Problem: 400 for what is no intent, 404 for an unknown one. */
export function createWallet({ state, key, courier, faults, streams, clock, report }: WalletDeps) {
  const { requests, deliveries, balances } = state
  for (const { user, kin } of users) balances.open(user, kin)

  function findRequest(intent: string): KeptRequest | undefined {
    if (isAddress(intent)) return requests.find(intent)
    throw new Problem(400, `${intent.slice(0, 60)} is no intent: those are the base58 text of 32 bytes.`)
  }

  function getRequest(intent: string): KeptRequest {
    const request = findRequest(intent)
    if (!request)
      throw new Problem(
        404,
        `Nobody has asked for the payment or login ${intent} here. Requests are made through /v1.`,
      )
    return request
  }

  function getOpenRequest(intent: string): KeptRequest {
    const request = getRequest(intent)
    if (request.submittedAt !== null) {
      throw new Problem(
        409,
        `The ${nameOf(request)} ${intent} was approved already, and nothing is approved twice.`,
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
    const owned = (balances.find(user) ?? 0).toLocaleString('en')
    throw new Problem(
      409,
      `${name} has ${owned} kin, and this payment takes ${kin.toLocaleString('en')}. Top up, or choose another user.`,
    )
  }

  function send(delivery: Pick<Delivery, 'kind' | 'intent' | 'url' | 'token'>): number {
    const id = deliveries.add(delivery, clock.now())
    queueMicrotask(courier.wake) // after a surrounding transaction
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

    /** The wallet's camera has seen the code. */
    scan(intent: string): KeptRequest {
      if (getRequest(intent).scannedAt === null) {
        requests.scan(intent, clock.now())
        report({ what: 'code scanned', intent })
        streams.update(intent)
      }
      return getRequest(intent)
    },

    /**
     * Pays, logs in or both, in one step with the webhook that tells of it. Throws Problem 400 for an unknown user,
     * 409 for a second time or a balance that is too small.
     */
    approve(intent: string, payer?: string): KeptRequest {
      const isFirstLook = state.atomically(() => {
        const { bill } = getOpenRequest(intent)
        const user = getUser(payer)
        if (bill) pay(user, bill)
        const isFirst = requests.scan(intent, clock.now())
        requests.submit(intent, user.user, clock.now())
        announce(intent)
        return isFirst
      })
      const request = getRequest(intent)
      if (isFirstLook) report({ what: 'code scanned', intent })
      report({ what: `${nameOf(request)} approved`, intent })
      const isHeldBack = request.webhookUrl !== null && faults.ofWebhook(intent) === 'before-success'
      if (!isHeldBack) streams.update(intent) // otherwise after the first attempt
      return request
    },

    /** Says no. That isn't final: at Code such an intent can still be paid. */
    reject(intent: string): KeptRequest {
      const request = getOpenRequest(intent)
      requests.reject(intent, clock.now())
      report({ what: `${nameOf(request)} rejected`, intent })
      streams.update(intent)
      return getRequest(intent)
    },

    /** Gives a user more to pay with. Throws Problem 400 for an unknown one. */
    topUp(user: string, kin: number): void {
      balances.add(getUser(user).user, kin)
      report({ what: 'balance topped up', user, kin })
    },

    /** Sends the same event to the same address again, as a new delivery with attempts of its own. */
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
