// The test wallet, through the API that programs use as well.

import { base } from './request.ts'
import { fill, said } from './said.ts'

export interface User {
  name: string
  user: string
  kin: number
}

export async function getUsers(): Promise<User[]> {
  return (await call('wallet/users')) as User[]
}

/** Returns whether the request has been rejected before. The stream repeats that when it opens. */
export async function wasRejected(intent: string): Promise<boolean> {
  const { rejectedAt } = (await call(`wallet/requests/${intent}`)) as { rejectedAt?: string }
  return rejectedAt !== undefined
}

/** Sends the buyer's decision. Throws the wallet's reason if it refuses, for people to read. */
export async function decide(intent: string, decision: 'approve' | 'reject', user?: string): Promise<void> {
  await call(`wallet/requests/${intent}/${decision}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(user === undefined ? {} : { user }),
  })
}

let latest: Promise<unknown> = Promise.resolve()

/** Resolves once the latest call has been answered. */
export async function answered(): Promise<void> {
  await latest.catch(() => undefined)
}

function call(path: string, init?: RequestInit): Promise<unknown> {
  latest = fetchJson(path, init)
  return latest
}

async function fetchJson(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(new URL(path, base), { ...init, referrerPolicy: 'same-origin' }).catch(() => {
    throw new Error(said.sandboxUnreachable)
  })
  const answer = await response.json().catch(() => undefined) // a proxy's page, while the sandbox restarts
  if (response.ok && answer !== undefined) return answer
  throw new Error(
    answer?.explanation ?? answer?.detail ?? fill(said.sandboxAnswered, { status: response.status }),
  )
}
